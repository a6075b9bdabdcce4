// The report as it was written, and what the views look up in it.

let report;

function readReport() {
  report = JSON.parse(document.getElementById('data').textContent);
  restoreTexts(report, '');
  const experiment = report.experiment;
  experiment.episodes.forEach((episode, index) => { episode.index = index; });
  report.figures = report.analysis.analysis;
  report.taskById = new Map(experiment.tasks.map(task => [task.id, task]));
  report.episodeByCell = new Map(experiment.episodes.map(episode => [cellKey(episode.arm, episode.taskId, episode.seed), episode]));
  report.episodeById = new Map(experiment.episodes.filter(episode => episode.episodeId).map(episode => [episode.episodeId, episode]));
  report.trialCount = experiment.episodes.reduce((most, episode) => Math.max(most, episode.trials.at(-1)?.number ?? 0), 1);
}

// A text with half a surrogate pair is written as the list of its units.
function restoreTexts(node, name) {
  for (const [key, value] of Object.entries(node)) {
    if (value === null || typeof value !== 'object') continue;
    if (Array.isArray(value) && value.length > 0 && typeof value[0] === 'number' && name !== 'seeds' && key !== 'seeds') {
      node[key] = value.map(unit => String.fromCharCode(unit)).join('');
    } else {
      restoreTexts(value, key);
    }
  }
}

function cellKey(arm, taskId, seed) {
  return JSON.stringify([arm, taskId, seed]);
}

function episodeOf(arm, taskId, seed) {
  return report.episodeByCell.get(cellKey(arm, taskId, seed));
}

function armIndex(name) {
  return report.experiment.arms.findIndex(arm => arm.name === name);
}

// The full trial, where the report keeps it.
function fullTrial(episode, number) {
  return episode.episode?.trials.find(trial => trial.number === number);
}

// The trial before one. Of what was recorded elsewhere some may be missing.
function trialBefore(episode, trial) {
  return episode.episode.trials.findLast(one => one.number < trial.number);
}

// An interval end that is no number is written as a word.
function figure(value) {
  return value === null || value === undefined ? NaN : Number(value);
}

// Lessons of all memories, each with the arm and the seed whose memory it was in.
function allLessons() {
  return report.experiment.memories.flatMap(memory => memory.snapshot.lessons.map(lesson => ({ ...lesson, arm: memory.arm, seed: memory.seed })));
}

function rejectedLessons() {
  return report.experiment.memories.flatMap(memory => memory.snapshot.quarantine.map(rejected => ({ ...rejected, arm: memory.arm, seed: memory.seed })));
}

function lessonIn(arm, seed, id) {
  report.lessonByCell ??= new Map(allLessons().map(lesson => [cellKey(lesson.arm, lesson.id, lesson.seed), lesson]));
  return report.lessonByCell.get(cellKey(arm, id, seed));
}
