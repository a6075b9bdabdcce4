// Where the focus is, and whether one can see it: something of the element or in it looks otherwise than without the focus.
() => {
  const at = document.activeElement;
  const looks = () => [at, ...at.querySelectorAll('*')].slice(0, 50).map(element => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow, stroke, strokeWidth, backgroundColor, borderColor } = getComputedStyle(element);
    return [outlineStyle === 'none' ? '' : [outlineWidth, outlineColor], boxShadow, stroke, strokeWidth, backgroundColor, borderColor].join();
  }).join('\n');
  const focused = looks();
  at.blur();
  const seen = looks() !== focused;
  at.focus();
  const box = at.getBoundingClientRect();
  const label = `<${at.tagName.toLowerCase()}> ${(at.getAttribute('aria-label') ?? at.textContent).trim().slice(0, 30)}`;
  const inside = box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0;
  return [String([...document.querySelectorAll('*')].indexOf(at)), label, seen ? 'seen' : 'unseen', inside ? 'inside' : 'outside'];
}
