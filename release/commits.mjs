/** What commits say of a release: their titles are `type: title`, `type(scope): title`, or with `!` before the colon when something that worked no longer does. */
const TITLE = /^(?<type>[a-z]+)(?:\([^)]*\))?(?<breaking>!)?: (?<title>.+)$/;
const BREAKING = /^BREAKING[ -]CHANGE: (?<reason>.+)$/m;
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
  if (last.includes('-')) {
    // What follows a candidate is what it was a candidate for.
    return `${major}.${minor}.${patch}`;
  }
  if (changes.breaking.length > 0) {
    return major > 0 ? `${major + 1}.0.0` : `0.${minor + 1}.0`;
  }
  if (changes.feat.length > 0) {
    return `${major}.${minor + 1}.0`;
  }
  return changes.fix.length + changes.perf.length > 0 ? `${major}.${minor}.${patch + 1}` : undefined;
}

/** Whether a version comes before another, the same numbers with `-rc.1` or the like before those without. */
export function isBefore(version, other) {
  const [left, right] = [numbersOf(version), numbersOf(other)];
  const at = left.findIndex((number, index) => number !== right[index]);
  return at >= 0 ? left[at] < right[at] : version.includes('-') && (!other.includes('-') || version < other);
}

/** The section of the changelog, in Markdown. */
export function changelogOf(version, day, changes) {
  const sections = Object.entries(SECTIONS)
    .filter(([kind]) => changes[kind].length > 0)
    .map(([kind, heading]) => `### ${heading}\n\n${changes[kind].map(title => `- ${title}`).join('\n')}\n`);
  return `## ${version} (${day})\n\n${sections.join('\n') || 'Nothing that users see.\n'}`;
}

function numbersOf(version) {
  return version.split('-', 1)[0].split('.').map(Number);
}
