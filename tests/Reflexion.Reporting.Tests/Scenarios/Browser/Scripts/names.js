// What a screen reader could not tell: controls, pictures and tables without names, roles that lead nowhere.
() => {
  const findings = [];
  const all = selector => [...document.querySelectorAll(selector)].filter(element => element.checkVisibility());
  const describe = element => `<${element.tagName.toLowerCase()} ${[...element.attributes].slice(0, 4).map(a => `${a.name}="${a.value.slice(0, 30)}"`).join(' ')}>`;
  const report = (text, element) => findings.push(`${text}: ${describe(element)}`);

  function referred(element, attribute) {
    return (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean).map(id => document.getElementById(id));
  }

  function nameOf(element) {
    const parts = [
      element.getAttribute('aria-label'),
      ...referred(element, 'aria-labelledby').map(label => label?.textContent),
      ...[...(element.labels ?? [])].map(label => label.textContent),
      element.getAttribute('title'),
      element.querySelector(':scope > title, :scope > caption')?.textContent,
      /^(BUTTON|A|SUMMARY|OPTION)$/.test(element.tagName) || /^(tab|button|gridcell|row|link|option)$/.test(element.getAttribute('role')) ? element.textContent : '',
      element.getAttribute('alt'),
    ];
    return parts.filter(Boolean).join(' ').trim();
  }

  if (!document.documentElement.lang) findings.push('the document has no language');
  if (!document.title.trim()) findings.push('the document has no title');
  if (document.querySelectorAll('h1').length !== 1) findings.push(`there are ${document.querySelectorAll('h1').length} top headings`);
  if (document.querySelectorAll('main').length !== 1) findings.push('there is not exactly one main landmark');

  all('input, select, textarea, button, a[href], summary, [role=tab], [role=button], [tabindex="0"]').forEach(element => {
    if (!nameOf(element) && !(element.tabIndex === 0 && /^(region|group)$/.test(element.getAttribute('role') ?? '') && nameOf(element))) report('no name', element);
  });
  all('svg').forEach(picture => {
    if (picture.getAttribute('aria-hidden') !== 'true' && (!picture.getAttribute('role') || !nameOf(picture))) report('a picture without role or name', picture);
  });
  all('img').forEach(picture => picture.hasAttribute('alt') || report('a picture without text', picture));
  all('table').forEach(table => {
    if (!nameOf(table)) report('a table without caption', table);
    if (!table.querySelector('th')) report('a table without headers', table);
  });
  all('th').forEach(header => header.hasAttribute('scope') || report('a header without scope', header));
  document.querySelectorAll('[role=tab]').forEach(tab => {
    if (!tab.closest('[role=tablist]')) report('a tab outside a tab list', tab);
    if (!tab.hasAttribute('aria-selected')) report('a tab that does not say whether it is selected', tab);
    if (referred(tab, 'aria-controls')[0]?.getAttribute('role') !== 'tabpanel') report('a tab that controls no panel', tab);
  });
  if (document.querySelectorAll('[role=tab][aria-selected=true]').length !== 1) findings.push('not exactly one tab is selected');
  all('[role=tabpanel]').forEach(panel => nameOf(panel) || report('a panel without a name', panel));
  ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-activedescendant'].forEach(attribute =>
    document.querySelectorAll(`[${attribute}]`).forEach(element => referred(element, attribute).includes(null) && report(`${attribute} leads nowhere`, element)));
  document.querySelectorAll('[tabindex]').forEach(element => Number(element.getAttribute('tabindex')) > 0 && report('a place of its own in the focus order', element));
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => findings.push(`the id ${id} stands twice`));
  let level = 1;
  all('h1, h2, h3, h4, h5, h6').forEach(heading => {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) report(`a heading that skips from level ${level}`, heading);
    level = own;
  });
  return findings;
}
