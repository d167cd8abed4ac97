"use strict";
// Links the numbers of the release (in a shadow tree, so that its styles stay inside) with the rows beside it.
(() => {
  const page = document.body;
  const host = document.getElementById("release");
  const statements = document.getElementById("statements");
  const inspector = document.getElementById("inspector");
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const release = host.shadowRoot ?? attach(host); // a browser without declarative shadow trees leaves the template
  const narrow = matchMedia("(max-width: 820px)");

  function attach(element) {
    const template = element.querySelector("template");
    const root = element.attachShadow({ mode: "open" });
    root.append(template.content);
    template.remove();
    return root;
  }

  function byNumber(elements) {
    const found = new Map();
    for (const element of elements) {
      const known = found.get(element.dataset.n);
      if (known) known.push(element);
      else found.set(element.dataset.n, [element]);
    }
    return found;
  }

  const marks = [...release.querySelectorAll("[data-n]")];
  const values = [...statements.querySelectorAll("[data-n]")];
  const inRelease = byNumber(marks);
  const inStatements = byNumber(values);
  const sameFact = new Map();
  for (const value of values) {
    if (!value.dataset.f) continue;
    if (!sameFact.has(value.dataset.f)) sameFact.set(value.dataset.f, new Set());
    sameFact.get(value.dataset.f).add(value.dataset.n);
  }
  const sides = {
    release: { stops: () => marks, current: marks[0] },
    statements: {
      stops: () => [...statements.querySelectorAll("tr:not([hidden]) .more, .row:not([hidden]) [data-n]")].filter((e) => e.offsetParent),
      current: statements.querySelector(".more, [data-n]"),
    },
  };
  for (const side of Object.values(sides)) if (side.current) side.current.tabIndex = 0;

  // One number of a side is in the tab order: the last one that was visited or shown.
  function visit(name, element) {
    const side = sides[name];
    if (side.current) side.current.tabIndex = -1;
    side.current = element;
    element.tabIndex = 0;
  }

  function show(name) {
    page.dataset.pane = name;
    for (const button of document.querySelectorAll("[data-show]"))
      button.setAttribute("aria-pressed", String(button.dataset.show === name));
  }

  let lit = [];
  function light(element, name) {
    element.classList.add(name);
    lit.push(element);
  }

  function clear() {
    for (const element of lit) element.classList.remove("on", "also");
    lit = [];
    release.querySelector(".band")?.remove();
  }

  // Shows the counterparts of place `n` and brings the one on side `to` into view.
  function choose(n, to, from) {
    clear();
    const left = inRelease.get(n) ?? [];
    const right = inStatements.get(n) ?? [];
    const facts = new Set(right.map((e) => e.dataset.f).filter(Boolean));
    const places = new Set([...facts].flatMap((f) => [...sameFact.get(f)]));
    for (const place of places) {
      if (place === n) continue;
      for (const e of inRelease.get(place) ?? []) light(e, "also");
      for (const e of inStatements.get(place) ?? []) if (facts.has(e.dataset.f)) light(e, "also");
    }
    for (const e of [...left, ...right]) light(e, "on");
    if (from) visit(from.name, from.element);
    const target = (to === "release" ? left : right)[0];
    if (target) {
      if (to === "statements" && target.closest(".row[hidden]")) filter("all", "");
      if (narrow.matches) show(to);
      visit(to, target);
      reveal(target);
    }
    inspect(n, left, right, [...places].filter((p) => p !== n));
  }

  function reveal(target) {
    target.scrollIntoView({ block: "center", inline: "nearest" });
  }

  function node(tag, text, name) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    return made;
  }

  function inspect(n, left, right, others) {
    const line = node("p", "");
    const value = right[0];
    const row = value?.closest(".row");
    const printed = (left.map((e) => e.textContent).join("") || value?.textContent || "").trim();
    if (value?.dataset.f) {
      line.append(node("span", row.dataset.q, "name"), node("span", value.dataset.p), node("b", value.dataset.v));
      if (row.dataset.l) line.append(node("span", row.dataset.l, row.dataset.l.split(" ")[0]));
      line.append(node("span", `printed ${printed}`));
    } else {
      line.append(node("b", printed), node("span", `left out: ${value?.dataset.why ?? "no fact"}`));
    }
    for (const [index, place] of others.entries()) {
      if (index === 4) break;
      const button = node("button", `also ${(inRelease.get(place)?.[0]?.textContent ?? "").trim()}`);
      button.type = "button";
      button.dataset.go = place;
      line.append(button);
    }
    inspector.replaceChildren(line);
  }

  // A line of a text release that holds no marked number.
  function band(line) {
    clear();
    const text = release.querySelector(".text pre:last-of-type");
    if (!text) return;
    const made = document.createElement("div");
    const height = parseFloat(getComputedStyle(text).lineHeight);
    made.className = "band";
    made.style.top = `${text.offsetTop + (line - Number(host.dataset.first)) * height}px`;
    text.parentElement.append(made);
    if (narrow.matches) show("release");
    reveal(made);
  }

  // The next number in the direction of an arrow; up and down go by what stands there on the screen.
  function neighbour(stops, current, key) {
    const at = stops.indexOf(current);
    if (key === "Home") return stops[0];
    if (key === "End") return stops.at(-1);
    if (key === "ArrowLeft") return stops[Math.max(at - 1, 0)];
    if (key === "ArrowRight") return stops[Math.min(at + 1, stops.length - 1)];
    const step = key === "ArrowUp" ? -1 : 1;
    const from = current.getBoundingClientRect();
    let best = null;
    let near = Infinity;
    let reached = null;
    for (let i = at + step; i >= 0 && i < stops.length; i += step) {
      const box = stops[i].getBoundingClientRect();
      const down = step * (box.top - from.top);
      if (down < from.height / 2) continue;
      reached ??= box.top;
      if (Math.abs(box.top - reached) > from.height) break;
      const aside = Math.abs(box.right - from.right);
      if (aside < near) [best, near] = [stops[i], aside];
    }
    return best ?? current;
  }

  function arrows(name, event) {
    if (!/^(Arrow(Up|Down|Left|Right)|Home|End)$/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
    const { stops, current } = sides[name];
    const next = neighbour(stops(), current, event.key);
    if (!next) return;
    event.preventDefault();
    visit(name, next);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  release.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-n]");
    if (mark) choose(mark.dataset.n, "statements", { name: "release", element: mark });
  });
  release.addEventListener("keydown", (event) => {
    const mark = event.target.closest("[data-n]");
    if (!mark) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(mark.dataset.n, "statements", { name: "release", element: mark });
    } else arrows("release", event);
  });
  statements.addEventListener("click", (event) => {
    const value = event.target.closest("[data-n]");
    const more = event.target.closest(".more");
    if (value) choose(value.dataset.n, "release", { name: "statements", element: value });
    else if (more) {
      const open = more.getAttribute("aria-expanded") !== "true";
      more.setAttribute("aria-expanded", String(open));
      document.getElementById(more.getAttribute("aria-controls")).hidden = !open;
      visit("statements", more);
    }
  });
  statements.addEventListener("keydown", (event) => {
    if (event.target.closest(".more, [data-n]")) arrows("statements", event);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-go], [data-line], [data-show]");
    if (!button) return;
    if (button.dataset.go) choose(button.dataset.go, "release");
    else if (button.dataset.line) band(Number(button.dataset.line));
    else show(button.dataset.show);
  });

  // Search and filter: rows that do not match go away, their numbers in the release lose their line.
  const rows = [...statements.querySelectorAll(".row")];
  const texts = new Map();
  const radios = [...document.querySelectorAll("[name=filter]")];

  function textOf(row) {
    if (!texts.has(row)) texts.set(row, `${row.textContent} ${row.dataset.q ?? ""}`.toLowerCase().replace(/\s+/g, " "));
    return texts.get(row);
  }

  function apply() {
    const kind = radios.find((radio) => radio.checked)?.value ?? "all";
    const words = search.value.trim().toLowerCase();
    const filtered = kind !== "all" || words !== "";
    let count = 0;
    for (const row of rows) {
      const fits = (kind === "all" || row.dataset.k.split(" ").includes(kind)) && (!words || textOf(row).includes(words));
      row.hidden = !fits;
      count += Number(fits);
      const why = row.nextElementSibling;
      if (why?.matches(".why")) why.hidden = !fits || row.querySelector(".more").getAttribute("aria-expanded") !== "true";
    }
    for (const heading of statements.querySelectorAll(".heading")) heading.hidden = filtered;
    for (const part of statements.querySelectorAll(".card")) part.hidden = filtered && !part.querySelector(".row:not([hidden])");
    for (const mark of marks) {
      const there = inStatements.get(mark.dataset.n);
      mark.classList.toggle("dim", filtered && !!there && there.every((e) => e.closest(".row[hidden]")));
    }
    page.classList.toggle("filtered", filtered);
    shown.textContent = filtered ? `${count} of ${rows.length}` : "";
  }

  function filter(kind, words) {
    for (const radio of radios) radio.checked = radio.value === kind;
    search.value = words;
    apply();
  }

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 80);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") filter("all", "");
    if (event.key !== "Enter") return;
    apply();
    const first = sides.statements.stops()[0];
    if (!first) return;
    if (narrow.matches) show("statements");
    visit("statements", first);
    first.focus();
  });
  for (const radio of radios) radio.addEventListener("change", apply);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
})();
