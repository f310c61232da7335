import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { type DecodedCall, decodeCall, decodeResponse, sectionsOf } from '../../../../server/src/sync/xmlRpc/decode.ts';
import { encodeCall } from '../../../../server/src/sync/xmlRpc/encode.ts';
import { readAnswer } from '../../../../server/src/sync/xmlRpc/faults.ts';
import { isList, type SectionMap, type SectionValue } from '../../../../server/src/sync/xmlRpc/value.ts';
import { answerOf, soundSections } from '../support.ts';

/** Calls and answers that were recorded between real nodes, where they are at hand. */
const recordings = join('..', 'shared', 'pfsense');
const wire = join(recordings, 'wire');
const answers = join(recordings, 'answers');
const skip = !existsSync(wire);

test('wire: what pfSense sends is what we would send, byte for byte', { skip }, () => {
  const files = readdirSync(wire).filter(file => file.endsWith('.request.xml'));
  assert.equal(files.length, 10);
  for (const file of files) {
    const body = readFileSync(join(wire, file), 'utf8');
    assert.equal(encodedAgain(body), body, file);
  }
});

test('wire: our own copy of a request of each kind', () => {
  const head = '<?xml version="1.0" encoding="utf-8"?>\n';
  assert.equal(
    encodeCall({ method: 'host_firmware_version', argument: '', timeout: 240 }),
    `${head}<methodCall><methodName>pfsense.host_firmware_version</methodName><params><param><value><string></string></value></param><param><value><int>240</int></value></param></params></methodCall>`,
  );
  assert.equal(
    encodeCall({ method: 'backup_config_section', argument: ['virtualip', 'nat'], timeout: 240 }),
    `${head}<methodCall><methodName>pfsense.backup_config_section</methodName><params><param><value><array><data><value><string>virtualip</string></value><value><string>nat</string></value></data></array></value></param><param><value><int>240</int></value></param></params></methodCall>`,
  );
  const vip = new Map([
    ['mode', 'carp'],
    ['advskew', '100'],
    ['advbase', ''],
    ['descr', `A & "B" <'é'>`],
  ]);
  const sections = new Map<string, SectionValue>([
    ['virtualip', new Map([['vip', [vip]]])],
    ['wol', ''],
    ['hasync', ''],
    ['cert', []],
  ]);
  assert.equal(
    encodeCall({ method: 'restore_config_section', argument: soundSections(sections), timeout: 900 }),
    `${head}<methodCall><methodName>pfsense.restore_config_section</methodName><params><param><value><struct><member><name>virtualip</name><value><struct><member><name>vip</name><value><array><data><value><struct><member><name>mode</name><value><string>carp</string></value></member><member><name>advskew</name><value><int>100</int></value></member><member><name>advbase</name><value><string></string></value></member><member><name>descr</name><value><string>A &amp; "B" &lt;'é'&gt;</string></value></member></struct></value></data></array></value></member></struct></value></member><member><name>wol</name><value><array><data></data></array></value></member><member><name>hasync</name><value><string></string></value></member><member><name>cert</name><value><array><data></data></array></value></member></struct></value></param><param><value><int>900</int></value></param></params></methodCall>`,
  );
});

test('wire: an empty virtualip goes as an empty list, since an empty array doubles the VIPs', () => {
  const body = encodeCall({
    method: 'restore_config_section',
    argument: soundSections(new Map([['virtualip', '']])),
    timeout: 900,
  });
  assert.match(body, /<name>virtualip<\/name><value><struct><member><name>vip<\/name><value><array><data><\/data>/);
});

test('wire: lists that pfSense sends with holes are read as lists', { skip }, () => {
  const text = readFileSync(join(wire, 'RELENG_2_7_2.nosync.txt'), 'utf8');
  const body = /<\?xml[^\n]*\n<methodCall><methodName>pfsense\.restore_config_section.*<\/methodCall>/.exec(text)?.[0];
  const sections = sectionsOfCall(decodeCall(body ?? ''));
  const filter = sections.get('filter');
  assert.ok(filter instanceof Map && isList(filter.get('rule')));
});

test('wire: every recorded answer is read as what it is', { skip }, () => {
  const kinds = new Map<string, number>();
  for (const file of readdirSync(answers).filter(name => name.startsWith('out.'))) {
    for (const { title, type, body } of recordedAnswers(readFileSync(join(answers, file), 'utf8'))) {
      const answer = readAnswer(answerOf(body, { type }));
      const kind = answer.kind === 'value' ? 'value' : answer.fault.kind;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      assert.ok(kind !== 'not-pfsense' && kind !== 'unexpected-answer', `${file}: ${title} is ${kind}`);
      const expected = expectedKind(title);
      if (expected !== undefined) assert.equal(kind, expected, `${file}: ${title}`);
    }
  }
  assert.ok((kinds.get('value') ?? 0) > 50, JSON.stringify([...kinds]));
});

function expectedKind(title: string): string | undefined {
  if (/wrong password|unknown user|no Authorization/.test(title)) return 'unauthorized';
  if (/without the privilege/.test(title)) return 'not-enough-privileges';
  if (/unknown method|private method/.test(title)) return 'no-such-method';
  if (/malformed XML|empty body|^GET|wrong param type/.test(title)) return 'request-not-understood';
  if (/syntax error|throws/.test(title)) return 'php-error';
  return undefined;
}

/** The recordings cut long bodies short; such end with a count of bytes and are left out. */
function* recordedAnswers(text: string) {
  for (const block of text.split('\n### ').slice(1)) {
    const title = block.slice(0, block.indexOf('\n'));
    const head = /^< HTTP 200 (\{.*\})$/m.exec(block);
    if (!head) continue;
    const type = (JSON.parse(head[1] ?? '{}') as Record<string, string>)['content-type'] ?? '';
    const body = block
      .slice(head.index + head[0].length + 1)
      .split('\n')
      .filter(line => line.startsWith('<'))
      .map(line => line.slice(2))
      .join('\n');
    if (!/ …\[\d+ bytes\]/.test(body)) yield { title, type, body };
  }
}

function encodedAgain(body: string): string {
  const call = decodeCall(body);
  const timeout = Number(call?.parameters[1]);
  if (call?.method === 'pfsense.host_firmware_version') {
    return encodeCall({ method: 'host_firmware_version', argument: '', timeout });
  }
  assert.equal(call?.method, 'pfsense.restore_config_section');
  return encodeCall({ method: 'restore_config_section', argument: soundSections(sectionsOfCall(call)), timeout });
}

function sectionsOfCall(call: DecodedCall | undefined): SectionMap {
  const sections = call?.parameters[0] === undefined ? undefined : sectionsOf(call.parameters[0]);
  assert.ok(sections && sections.size > 0);
  return sections;
}

test('wire: no section at all is an empty list, and so is read', () => {
  const decoded = decodeResponse(
    '<?xml version="1.0" encoding="utf-8"?>\n<methodResponse><params><param><value><array><data></data></array></value></param></params></methodResponse>',
  );
  assert.ok(decoded.kind === 'value');
  assert.deepEqual(sectionsOf(decoded.value), new Map());
});
