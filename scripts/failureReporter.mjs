// A reporter for node's test runner that prints what needs a reader: each failure in full as it happens, and what tests
// print. Hundreds of passing tests stay silent; their number is in the last line of the run.
import { inspect } from 'node:util';
import { countOf } from './countReporter.mjs';

export default async function* failureReporter(events) {
  const path = [];
  for await (const event of events) {
    if (event.type === 'test:start') {
      path.length = event.data.nesting;
      path.push(event.data.name);
    }
    if (event.type === 'test:stdout' || event.type === 'test:stderr') yield event.data.message;
    if (event.type === 'test:fail' && countOf(event) === 'failed') yield failure(path, event.data);
  }
}

function failure(path, { name, nesting, details }) {
  const error = details?.error;
  // The runner wraps what the test threw; the cause carries the assertion's difference and the mapped stack.
  const cause = error?.cause ?? error;
  const text =
    cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause === 'string' ? cause : inspect(cause);
  const where = [...path.slice(0, nesting), name].join(' › ');
  const calm = text
    .split('\n')
    .filter(line => !/^\s+at .*\(?node:/.test(line))
    .map(line => `    ${line}`)
    .join('\n');
  return `\n  ✖ ${where}\n${calm}\n`;
}
