// What was learnt: where from, how often used, and what it was worth.

const lessonTable = { rows: [], values: {}, key: 'uses', isDescending: true };

const LESSON_COLUMNS = [
  { key: 'text', name: 'Lesson', of: lesson => lesson.text.toLowerCase() },
  { key: 'origin', name: 'Learnt from', of: lesson => lesson.task },
  { key: 'arm', name: 'Memory of', of: lesson => `${lesson.arm} ${lesson.seed}` },
  { key: 'uses', name: 'Uses', of: lesson => creditOf(lesson).uses },
  { key: 'delta', name: 'Mean \u0394G', of: lesson => creditOf(lesson).mean ?? -2 },
  { key: 'state', name: 'State', of: lesson => lesson.state ?? 'Candidate' },
  { key: 'integrity', name: 'Integrity', of: lesson => lesson.integrity ?? 'Trusted' },
];

function renderLessons(view) {
  lessonTable.rows = allLessons();
  const rejected = rejectedLessons();
  const body = el('tbody');
  const list = growingList(body, lessonRow, 100);
  const filters = filterBar(['text', 'arm', 'seed', 'state'], values => { lessonTable.values = values; update(); });
  const update = () => showLessons(list, filters);
  const head = el('tr', null, LESSON_COLUMNS.map(column => lessonHead(column, update)));
  replace(view, el('h2', null, 'Lessons'),
    el('p', { class: 'lead' }, 'What the arms\u2019 memories held at the end. \u0394G is what the return did from one trial to the next when the lesson stood in the prompt.'),
    filters.bar,
    lessonTable.rows.length ? el('table', { class: 'cards', 'data-table': 'lessons' }, el('caption', { class: 'unseen-caption' }, 'Lessons'), el('thead', null, head), body) : el('p', { class: 'empty' }, 'No memory was kept, or nothing was learnt.'),
    list.end,
    rejected.length ? [el('h3', null, `Rejected lessons (${count(rejected.length)})`), el('p', { class: 'lead' }, 'Kept for inspection; never recalled.'), rejectedTable(rejected)] : null);
  update();
}

function lessonHead(column, update) {
  const sort = () => {
    sortBy(column.key);
    update();
  };
  return el('th', { scope: 'col', 'aria-sort': 'none', 'data-sort': column.key }, el('button', { type: 'button', click: sort }, column.name));
}

function sortBy(key) {
  lessonTable.isDescending = lessonTable.key === key ? !lessonTable.isDescending : key === 'uses' || key === 'delta';
  lessonTable.key = key;
}

function showLessons(list, filters) {
  const { key, isDescending, values } = lessonTable;
  const column = LESSON_COLUMNS.find(one => one.key === key);
  const kept = lessonTable.rows.filter(lesson => matchesLesson(lesson, values)).map(lesson => [column.of(lesson), lesson]);
  kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (isDescending ? -1 : 1));
  list.show(kept.map(([, lesson]) => lesson));
  filters.say(`${plural(kept.length, 'lesson')} of ${count(lessonTable.rows.length)}`);
  for (const header of document.querySelectorAll('[data-sort]')) header.setAttribute('aria-sort', header.dataset.sort !== key ? 'none' : isDescending ? 'descending' : 'ascending');
}

function matchesLesson(lesson, { text, arm, seed, state }) {
  return (!arm || lesson.arm === arm) && (!seed || String(lesson.seed) === seed) && (!state || (lesson.state ?? 'Candidate') === state)
    && (!text || [lesson.text, lesson.rootCause, lesson.plan, lesson.task].join('\n').toLowerCase().includes(text.toLowerCase()));
}

function lessonRow(lesson) {
  const credit = creditOf(lesson);
  const cells = [
    [textBlock(lesson.text), lesson.rootCause || lesson.plan ? details('Root cause and plan', line('Root cause', lesson.rootCause, 'thought'), line('Plan', lesson.plan, 'action')) : null],
    [originOf(lesson), lesson.provenances.length > 1 ? ` and ${plural(lesson.provenances.length - 1, 'more time')}` : '', el('span', { class: 'note' }, lesson.provenances[0].modelId ?? '')],
    [el('bdi', null, lesson.arm), el('span', { class: 'note' }, `seed ${lesson.seed}`)],
    count(credit.uses),
    [signed(credit.mean), el('span', { class: 'note' }, credit.creditedUses ? `of ${plural(credit.creditedUses, 'use')}` : '')],
    el('span', { class: `state state-${lesson.state ?? 'Candidate'}` }, lesson.state ?? 'Candidate'),
    integrityNote(lesson.integrity ?? 'Trusted'),
  ];
  return el('tr', { 'data-lesson': lesson.id }, cells.map((cell, i) => el('td', { 'data-label': LESSON_COLUMNS[i].name, class: i === 3 || i === 4 ? 'number' : null }, cell)));
}

function rejectedTable(rejected) {
  return table({
    name: 'rejected', caption: 'Lessons that a guard rejected',
    head: [{ name: 'Lesson', text: true }, { name: 'Why', text: true }, { name: 'Learnt from', text: true }, { name: 'Memory of', text: true }],
    rows: rejected.map(({ lesson, reason, arm, seed }) => ({ attributes: { 'data-rejected': lesson.id }, cells: [{ content: textBlock(lesson.text) }, { content: textBlock(reason) }, { content: originOf({ ...lesson, arm, seed }) }, `${arm}, seed ${seed}`] })),
  });
}

function creditOf(lesson) {
  const { uses, creditedUses, totalDelta } = lesson.credit ?? { uses: 0, creditedUses: 0, totalDelta: 0 };
  return { uses, creditedUses, mean: creditedUses ? totalDelta / creditedUses : undefined };
}

// A link to the trial that a lesson was first learnt from, where it is part of the experiment.
function originOf(lesson) {
  const from = lesson.provenances[0];
  const episode = report.episodeById.get(from.episodeId);
  const name = [el('bdi', null, lesson.task), `, trial ${from.trial}${from.fromSuccess ? ' (solved)' : ''}`];
  return episode ? el('a', { href: `#trials/${episode.index}/${from.trial}` }, name) : el('span', { title: plain(from.episodeId) }, name);
}
