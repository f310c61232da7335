// A reporter for node's test runner that writes one line of JSON at the end: how many tests passed, failed and were
// skipped, and in which files some failed. A run that breaks off writes nothing, which its caller counts as a failure.

/** The event type under which a suite reports itself; a suite is no test, but its own body or hook can fail. */
const suite = 'suite';
/** A parent that failed only because a test below it failed says so with this type; that test was already counted. */
const echo = 'subtestsFailed';

/**
 * Sorts one event: which count it raises, or undefined where it raises none.
 * @returns {'passed' | 'failed' | 'skipped' | undefined}
 */
export function countOf({ type, data }) {
  if (type !== 'test:pass' && type !== 'test:fail') return undefined;
  if (data.skip !== undefined && data.skip !== false) return 'skipped';
  if (data.todo !== undefined && data.todo !== false) return 'skipped';
  if (type === 'test:fail') return data.details?.error?.failureType === echo ? undefined : 'failed';
  return data.details?.type === suite ? undefined : 'passed';
}

export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failedFiles = new Set();
  for await (const event of events) {
    const count = countOf(event);
    if (count !== undefined) counts[count] += 1;
    if (count === 'failed' && event.data.file !== undefined) failedFiles.add(event.data.file);
  }
  yield `${JSON.stringify({ ...counts, failedFiles: [...failedFiles] })}\n`;
}
