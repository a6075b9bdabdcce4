// Figures as people read them.

const MISSING = '\u2013';
const NARROW = '\u202F';

function count(value) {
  const number = figure(value);
  return Number.isFinite(number) ? Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, NARROW).replace('-', '\u2212') : unbounded(number);
}

function decimal(value, digits = 2) {
  const number = figure(value);
  return Number.isFinite(number) ? number.toFixed(digits).replace('-', '\u2212') : unbounded(number);
}

function unbounded(number) {
  return Number.isNaN(number) ? MISSING : number > 0 ? '\u221E' : '\u2212\u221E';
}

function percent(value) {
  const number = figure(value);
  return Number.isFinite(number) ? `${decimal(100 * number, 1)}${NARROW}%` : MISSING;
}

function points(value) {
  const number = figure(value);
  return Number.isFinite(number) ? `${number > 0 ? '+' : ''}${decimal(100 * number, 1)}` : MISSING;
}

function signed(value, digits = 2) {
  return (figure(value) > 0 ? '+' : '') + decimal(value, digits);
}

function money(value) {
  const number = figure(value);
  return Number.isFinite(number) && number !== 0 && Math.abs(number) < 0.1 ? decimal(number, 5) : decimal(number, 2);
}

function probability(value) {
  return figure(value) < 0.001 ? '< 0.001' : decimal(value, 3);
}

// An estimate over its interval.
function estimate(value, format) {
  if (!value) return MISSING;
  return [el('span', { class: 'value' }, format(value.value)), ' ', el('span', { class: 'interval' }, `[${format(value.low)}, ${format(value.high)}]`)];
}

// .NET's d.hh:mm:ss.fff
function duration(value) {
  const match = /^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(value ?? '');
  if (!match) return MISSING;
  const [days, hours, minutes, seconds] = match.slice(1).map(part => Number(part ?? 0));
  const units = [[days, 'd'], [hours, 'h'], [minutes, 'min']].filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return units.length === 0 ? `${Number(seconds.toFixed(1))} s` : [...units, seconds >= 1 ? `${Math.round(seconds)} s` : ''].join(' ').trim();
}

function instant(value) {
  return value && !value.startsWith('0001-') ? value.slice(0, 16).replace('T', ' ') + offset(value) : MISSING;
}

function offset(value) {
  return value.endsWith('+00:00') || value.endsWith('Z') ? ' UTC' : ` ${value.slice(-6)}`;
}

// LastAttemptAndReflexion → Last attempt and reflexion
function words(name) {
  return name.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}

function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}
