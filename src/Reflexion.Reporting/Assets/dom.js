// Elements from data. Text becomes text nodes only, with what cannot be seen made visible.

const SVG = 'http://www.w3.org/2000/svg';
const UNSEEN = /(?![\n\t]|\r\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') {
      element.addEventListener(name, value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(...(child instanceof Node ? [child] : visible(String(child))));
  }
}

function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

// Control, format and direction characters, and halves of surrogate pairs, as marks that name them.
function visible(text) {
  if (text.search(UNSEEN) < 0) return [text];
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > from) nodes.push(text.slice(from, match.index));
    nodes.push(el('span', { class: 'unseen' }, codePoint(match[0])));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

// The same for attributes, which hold no elements.
function plain(text) {
  return String(text).replace(UNSEEN, codePoint);
}

function codePoint(character) {
  return `\u27E8U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}\u27E9`;
}

// A text that somebody else wrote, as it is; the middle of a long one on request.
function textBlock(text, attributes) {
  const block = el('div', { class: 'text', dir: 'auto', ...attributes });
  const limit = 1500;
  if (text.length <= limit * 1.2) {
    append(block, [text]);
    return block;
  }
  append(block, [text.slice(0, cutAt(text, limit)), el('span', { class: 'cut' }, ' \u2026 ')]);
  block.append(el('button', { type: 'button', class: 'more', click: () => replace(block, text) }, `Show all ${count(text.length)} characters`));
  return block;
}

// Not between the halves of a surrogate pair.
function cutAt(text, at) {
  return /[\uD800-\uDBFF]/.test(text[at - 1]) ? at - 1 : at;
}

function table({ name, caption, head, rows, note, style }) {
  const body = el('tbody', null, rows.map(row => el('tr', row.attributes, (row.cells ?? row).map((cell, i) => tableCell(cell, head[i], i)))));
  const header = el('thead', null, el('tr', null, head.map(column => el('th', { scope: 'col', class: column.text ? null : 'number' }, column.name))));
  return el('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': caption },
    el('table', { 'data-table': name, class: style }, el('caption', null, el('span', { class: 'caption' }, caption, note ? el('span', { class: 'note' }, note) : null)), header, body));
}

function tableCell(cell, column, index) {
  const { attributes, content } = cell?.content === undefined ? { content: cell } : cell;
  const all = { class: column.text ? null : 'number', dir: column.text ? 'auto' : null, ...attributes };
  return index === 0 ? el('th', { scope: 'row', ...all }, content) : el('td', all, content);
}

function details(summary, ...children) {
  return el('details', null, el('summary', null, summary), children);
}
