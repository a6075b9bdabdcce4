// A prompt part by part, with where each part came from, and what changed since the trial before.

const ORIGINS = {
  Instructions: ['system', 'the developer: how to work'],
  Examples: ['user', 'the developer: worked examples'],
  Context: ['user', 'the task\u2019s material'],
  Task: ['user', 'the task'],
  LastAttempt: ['user, last message', 'the trial before this one'],
  Lessons: ['user, last message', 'episodic memory'],
  Refinement: ['user, last message', 'the retrospective model'],
};

function promptParts(episode, trial) {
  if (trial.prompt.length === 0) return el('p', { class: 'empty' }, 'The actor was given no parts.');
  return trial.prompt.map(part => {
    const [role, origin] = ORIGINS[part.kind];
    const isLearnt = part.kind === 'LastAttempt' || part.kind === 'Lessons' || part.kind === 'Refinement';
    const head = el('summary', null, el('strong', null, words(part.kind)), el('span', { class: 'note' }, ` from ${origin} \u00B7 ${role} \u00B7 ${count(part.text.length)} characters `), integrityNote(part.integrity));
    return el('details', { class: 'part', 'data-part': part.kind, open: isLearnt || part.kind === 'Task' }, head, sourcesOf(episode, part), textBlock(part.text));
  });
}

function sourcesOf(episode, part) {
  const known = (part.lessonIds ?? []).map(id => lessonIn(episode.arm, episode.seed, id)).filter(Boolean);
  return known.length === 0 ? null : el('p', { class: 'note' }, 'Made from: ', known.map((lesson, i) => [i > 0 ? '; ' : '', originOf(lesson)]));
}

function promptChange(before, trial) {
  if (!before) return null;
  const kinds = Object.keys(ORIGINS).filter(kind => textOfKind(before, kind) !== textOfKind(trial, kind));
  const changes = kinds.length === 0
    ? el('p', { class: 'empty' }, 'Nothing: the prompt is the same to the letter.')
    : kinds.map(kind => el('div', { class: 'change' }, el('h5', null, words(kind)), differenceBlock(textOfKind(before, kind), textOfKind(trial, kind))));
  return el('div', { 'data-diff': true }, el('h4', null, `What changed in the prompt since trial ${before.number}`), changes);
}

function textOfKind(trial, kind) {
  return trial.prompt.filter(part => part.kind === kind).map(part => part.text).join('\n\n');
}

function differenceBlock(before, after) {
  const block = el('div', { class: 'text difference', dir: 'auto' });
  append(block, difference(tokens(before), tokens(after)).map(pieceOf));
  return block;
}

function pieceOf({ kind, text }) {
  if (kind === 'added') return el('ins', { 'aria-label': 'added' }, text);
  if (kind === 'removed') return el('del', { 'aria-label': 'removed' }, text);
  if (text.length <= 400) return text;
  const [from, to] = [cutAt(text, 150), cutAt(text, text.length - 150)];
  const show = event => event.target.replaceWith(...visible(text.slice(from, to)));
  return [text.slice(0, from), el('button', { type: 'button', class: 'more', click: show }, ` \u2026 ${count(to - from)} unchanged characters \u2026 `), text.slice(to)];
}
