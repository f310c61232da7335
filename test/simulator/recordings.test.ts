import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type Exchange,
  hasRecording,
  readExchanges,
  readRecording,
  recorded,
  recordedPasswords,
  releaseNames,
  skipRecordings,
} from './recordings.ts';
import type { ReleaseName } from './release.ts';
import { type SimulatedPair, startPair } from './startPair.ts';
import { basic, exchange } from './testClient.ts';

interface Changed {
  readonly primary?: (text: string) => string;
  readonly secondary?: (text: string) => string;
  readonly now?: Date;
}

/** The pair of the recordings. Both nodes ran on one machine, where the primary reached the secondary on its own port. */
function startRecorded(version: ReleaseName, changed: Changed = {}): Promise<SimulatedPair> {
  const name = recorded[version];
  const primary = readRecording('pairs', `${name}.primary.config.xml`);
  const secondary = readRecording('pairs', `${name}.secondary.before.config.xml`);
  return startPair({
    version,
    primary: changed.primary ? changed.primary(primary) : primary,
    secondary: changed.secondary ? changed.secondary(secondary) : secondary,
    passwords: recordedPasswords,
    lockoutAfter: Number.POSITIVE_INFINITY,
    kernelVersion: '6.18.44',
    routesToSecondary: ['http://127.0.0.1:18090'],
    ...(changed.now ? { now: () => changed.now ?? new Date() } : {}),
  });
}

const timeOf = (text: string) => new Date(Number(/<revision>\s*<time>(\d+)/.exec(text)?.[1]) * 1000);

for (const version of releaseNames) {
  test(`${version}: the primary's sync makes of the secondary what it made of it in truth, byte for byte`, {
    skip: skipRecordings,
  }, async () => {
    const after = readRecording('pairs', `${recorded[version]}.secondary.after.config.xml`);
    const pair = await startRecorded(version, { now: timeOf(after) });
    try {
      const before = pair.secondary.text;
      pair.primary.saveInGui(text => text);
      await pair.settled();
      assert.deepEqual(pair.primary.syncResults, ['done']);
      assert.notEqual(pair.secondary.text, before);
      assert.equal(pair.secondary.text, after);
    } finally {
      await pair.dispose();
    }
  });

  test(`${version}: the primary's own requests are those that were recorded, byte for byte`, {
    skip: skipRecordings,
  }, async () => {
    const pair = await startRecorded(version);
    try {
      pair.primary.saveInGui(text => text);
      await pair.settled();
      const wire = ['host_firmware_version', 'restore_config_section'].map(method =>
        readRecording('wire', `${recorded[version]}.${method}.request.xml`),
      );
      assert.deepEqual(pair.primary.syncRequests, wire);
    } finally {
      await pair.dispose();
    }
  });

  test(`${version}: the recorded request of pfSense's own client leaves what it left in truth`, {
    skip: skipRecordings,
  }, async () => {
    const after = readRecording('pairs', `${recorded[version]}.secondary.after.config.xml`);
    const pair = await startRecorded(version, { now: timeOf(after) });
    try {
      const reply = await exchange(pair.secondary.url, {
        headers: basic('hasync:hasyncpw'),
        body: readRecording('wire', `${recorded[version]}.restore_config_section.request.xml`),
      });
      assert.equal(reply.body, lastBody(readRecording('wire', `${recorded[version]}.txt`)));
      assert.equal(pair.secondary.text, after);
    } finally {
      await pair.dispose();
    }
  });

  test(`${version}: every recorded request gets the recorded answer`, { skip: skipRecordings }, async () => {
    const pair = await startRecorded(version, { secondary: withOldTargets });
    try {
      const unknown = new Set<string>();
      let compared = 0;
      for (const each of readExchanges(readRecording('answers', `out.${recorded[version]}.txt`))) {
        if (each.request.isCut) {
          // What was sent is not known whole, and so neither is what it left.
          for (const name of each.request.text.match(/(?<=<struct><member><name>)[^<]*/g) ?? []) unknown.add(name);
          continue;
        }
        if ([...unknown].some(name => each.request.text.includes(`<string>${name}</string>`))) continue;
        await compare(each, { url: pair.secondary.url, isWholeKnown: unknown.size === 0 });
        compared++;
      }
      assert.ok(compared >= 30, `${compared} compared`);
    } finally {
      await pair.dispose();
    }
  });
}

/** The answers were recorded with the outbound rules of 2.6 on all releases, the pairs with those of each. */
const withOldTargets = (text: string) =>
  text.replace(
    /(\t+)<target_subnet><\/target_subnet>/g,
    '$1<targetip></targetip>\n$1<targetip_subnet></targetip_subnet>',
  );

/** @param node `isWholeKnown` is false once the node was sent something that the recording does not have whole */
async function compare(each: Exchange, { url, isWholeKnown }: { url: string; isWholeKnown: boolean }): Promise<void> {
  const isGet = each.title === 'GET';
  const reply = await exchange(url, {
    method: isGet ? 'GET' : 'POST',
    headers: basic(each.credentials),
    ...(isGet ? {} : { body: each.request.text }),
  });
  const shown = { status: reply.status, contentType: reply.headers['content-type'] };
  assert.deepEqual(shown, { status: each.status, contentType: each.contentType }, each.title);
  if (each.contentType.startsWith('text/html')) {
    // Of PHP's pages the first line counts: the others are its stack.
    assert.equal(firstLine(reply.body), firstLine(each.response.text), each.title);
  } else {
    assert.ok(sameTime(reply.body).startsWith(sameTime(each.response.text)), `${each.title}: ${reply.body}`);
    if (each.response.isCut && !isWholeKnown) return;
    assert.equal(reply.headers['content-length'], String(each.contentLength), each.title);
  }
}

const firstLine = (text: string) => text.trim().split('\n')[0];

/** Times of revisions are another in every run. */
const sameTime = (text: string) => text.replace(/(<name>time<\/name><value><string>)\d{10}/g, '$1');

function lastBody(transcript: string): string {
  return transcript.slice(transcript.lastIndexOf('<?xml'));
}

test('2.7.2: a rule that is not to be synchronised makes a struct of the list, as recorded', {
  skip: skipRecordings || (hasRecording('wire', 'RELENG_2_7_2.nosync.txt') ? false : 'not recorded'),
}, async () => {
  const transcript = readRecording('wire', 'RELENG_2_7_2.nosync.txt');
  const bodies = transcript.match(/<methodCall>[\s\S]*?<\/methodCall>/g) ?? [];
  const pair = await startRecorded('2.7.2', {
    primary: text =>
      text.replace('<tracker>1600000002</tracker>', '<tracker>1600000002</tracker>\n\t\t\t<nosync></nosync>'),
  });
  try {
    pair.primary.saveInGui(text => text);
    await pair.settled();
    assert.equal(bodies.length, 2);
    assert.deepEqual(
      pair.primary.syncRequests.map(body => body.slice(body.indexOf('<methodCall>'))),
      bodies,
    );
    assert.equal(pair.secondary.text.includes('<tracker>1600000002</tracker>'), false);
    assert.equal(pair.secondary.text.includes('<tracker>1600000003</tracker>'), true);
  } finally {
    await pair.dispose();
  }
});
