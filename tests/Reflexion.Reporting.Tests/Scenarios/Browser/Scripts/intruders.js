// Elements and attributes that hostile text would have brought in, and what such text would have done.
() => {
  const findings = [];
  if (window.pwned !== undefined) findings.push(`a script of text number ${window.pwned} ran`);
  const scripts = [...document.scripts].filter(script => script.type !== 'application/json').length;
  if (scripts !== 1) findings.push(`${scripts} scripts`);
  document.querySelectorAll('iframe, object, embed, img, link, base, style:not(head > style), meta:not(head > meta), math, b, foreignObject').forEach(element => findings.push(element.outerHTML.slice(0, 100)));
  document.querySelectorAll('*').forEach(element => [...element.attributes].forEach(attribute => {
    if (/^on/i.test(attribute.name) || attribute.name === 'srcdoc' || /^\s*(javascript|data):/i.test(attribute.value) && /^(href|src|action|xlink:href)$/.test(attribute.name)) {
      findings.push(`${attribute.name}="${attribute.value.slice(0, 60)}"`);
    }
  }));
  document.querySelectorAll('[href]').forEach(element => element.getAttribute('href').startsWith('#') || findings.push(`leads away: ${element.getAttribute('href').slice(0, 60)}`));
  return findings;
}
