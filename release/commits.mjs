/** What commits say of a release: their titles are `type: title`, `type(scope): title`, or with `!` before the colon when something that worked no longer does. */
const TITLE = /^(?<type>[a-z]+)(?:\([^)]*\))?(?<breaking>!)?: (?<title>.+)$/;
const BREAKING = /^BREAKING[ -]CHANGE: (?<reason>.+)$/m;
const LABELS = ['alpha', 'beta', 'rc', 'release'];
const SECTIONS = { breaking: 'Breaking', feat: 'New', fix: 'Mended', perf: 'Faster' };

/** `{ breaking, feat, fix, perf }`: the titles of the commits that users see, by what they are. */
export function changesOf(messages) {
  const changes = { breaking: [], feat: [], fix: [], perf: [] };
  for (const message of messages) {
    const found = TITLE.exec(message.split('\n', 1)[0])?.groups;
    const reason = BREAKING.exec(message)?.groups.reason;
    if (found?.breaking || reason) {
      changes.breaking.push(reason ?? found.title);
    } else if (found && Object.hasOwn(changes, found.type)) {
      changes[found.type].push(found.title);
    }
  }
  return changes;
}

/** The least version that the changes ask for after another; undefined when there is nothing to release. */
export function nextVersion(last, changes) {
  if (last === undefined) {
    return '0.1.0';
  }
  const [major, minor, patch] = numbersOf(last);
  if (changes.breaking.length > 0) {
    return major > 0 ? `${major + 1}.0.0` : `0.${minor + 1}.0`;
  }
  if (changes.feat.length > 0) {
    return `${major}.${minor + 1}.0`;
  }
  return changes.fix.length + changes.perf.length > 0 ? `${major}.${minor}.${patch + 1}` : undefined;
}

/** Whether a version may break what worked with another: a new major version, or a new minor one before 1.0. */
export function mayBreak(version, last) {
  const [[major, minor], [lastMajor, lastMinor]] = [numbersOf(version), numbersOf(last)];
  return major !== lastMajor || (major === 0 && minor !== lastMinor);
}

/** Whether a version comes before another: by their numbers, and a candidate before what it is a candidate for. */
export function isBefore(version, other) {
  const [left, right] = [orderOf(version), orderOf(other)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at >= 0 && left[at] < right[at];
}

/** What a candidate is a candidate for; a version that is none itself. */
export function finalOf(version) {
  return version.split('-', 1)[0];
}

/** The section of the changelog, in Markdown. */
export function changelogOf(version, day, changes) {
  const sections = Object.entries(SECTIONS)
    .filter(([kind]) => changes[kind].length > 0)
    .map(([kind, heading]) => `### ${heading}\n\n${changes[kind].map(title => `- ${title}`).join('\n')}\n`);
  return `## ${version} (${day})\n\n${sections.join('\n') || 'Nothing that users see.\n'}`;
}

function numbersOf(version) {
  return finalOf(version).split('.').map(Number);
}

function orderOf(version) {
  const [, label = 'release', number = '0'] = /-([a-z]+)\.(\d+)$/.exec(version) ?? [];
  return [...numbersOf(version), LABELS.indexOf(label), Number(number)];
}
