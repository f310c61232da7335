import assert from 'node:assert/strict';
import test from 'node:test';
import { checkManifest } from '../../../server/src/pair/manifestCheck.ts';
import { editManifest } from '../../../server/src/pair/manifestEdits.ts';
import { Workspace } from '../../../server/src/pair/workspace.ts';
import { spanOf } from '../../../server/src/syntax/tree.ts';

const uri = 'file:///w/pfsense-ha.json';

/** What is wrong with a manifest beside a.xml, b.xml, c.xml (pfSense) and pom.xml, with the text that each fault marks. */
function faults(text: string): string[] {
  const workspace = new Workspace();
  for (const name of ['a', 'b', 'c']) workspace.setDiskText(`file:///w/${name}.xml`, '<pfsense></pfsense>');
  workspace.setDiskText('file:///w/pom.xml', '<project></project>');
  workspace.setDiskText(uri, text);
  const [manifest] = workspace.manifests();
  assert.ok(manifest);
  return checkManifest(manifest, {
    workspace,
    ruleIds: ['carp-skew-step', 'carp-skew-order', 'xml-syntax'],
    topics: ['carp', 'xml'],
  }).map(({ at, severity, message }) => {
    const { start, end } = spanOf(at);
    return `${severity} «${text.slice(start, end)}» ${message}`;
  });
}

function pair(name: string, primary: string, secondary: string): string {
  return `{"name":"${name}","primary":{"config":"${primary}"},"secondary":{"config":"${secondary}"}}`;
}

test('manifest: a right one has no fault', () => {
  assert.deepEqual(
    faults(`{
  "pairs": [
    {
      "name": "hq",
      "primary": { "config": "a.xml", "url": "https://172.16.1.2" },
      "secondary": { "config": "./b.xml", "url": "https://fw-b.example.org:8443/" }
    }
  ],
  "rules": { "carp-skew-step": "off", "xml-syntax": "warning" }
}`),
    [],
  );
});

test('manifest: an empty one says nothing', () => {
  for (const text of ['', '  \n', '{}', '{"pairs":[]}']) assert.deepEqual(faults(text), [], text);
});

test('manifest: files that are not there, are none of ours, or are the same', () => {
  assert.deepEqual(faults(`{"pairs":[${pair('hq', 'a.xml', 'd.xml')}]}`), [
    'error «d.xml» "d.xml" does not exist, or cannot be read.',
  ]);
  assert.deepEqual(faults(`{"pairs":[${pair('hq', 'pom.xml', 'b.xml')}]}`), [
    'error «pom.xml» "pom.xml" is no pfSense config.',
  ]);
  assert.deepEqual(faults(`{"pairs":[${pair('hq', 'a.xml', './a.xml')}]}`), [
    'error «./a.xml» Primary and secondary are the same file, "./a.xml".',
  ]);
  assert.deepEqual(faults(`{"pairs":[${pair('hq', 'a.xml', 'b.xml')},${pair('lab', 'b.xml', 'c.xml')}]}`), [
    'error «b.xml» "b.xml" is already in the pair "hq".',
  ]);
});

test('manifest: two pairs of one name', () => {
  assert.deepEqual(faults(`{"pairs":[${pair('hq', 'a.xml', 'b.xml')},{"name":"hq"}]}`), [
    'error «{» "primary" is missing in this pair.',
    'error «{» "secondary" is missing in this pair.',
  ]);
  const two = `{"pairs":[${pair('hq', 'a.xml', 'b.xml')},${pair('hq', 'c.xml', 'pom.xml')}]}`;
  assert.deepEqual(faults(two), [
    'error «hq» Another pair is named "hq" too.',
    'error «pom.xml» "pom.xml" is no pfSense config.',
  ]);
});

test('manifest: unknown keys with the nearest known one', () => {
  assert.deepEqual(faults('{"pair":[]}'), ['error «pair» "pair" has no meaning here; did you mean "pairs"?']);
  assert.deepEqual(faults('{"colour":1}'), ['error «colour» "colour" has no meaning here.']);
  assert.deepEqual(
    faults(`{"pairs":[{"name":"x","primery":{},"primary":{"config":"a.xml"},"secondary":{"confg":"b.xml"}}]}`),
    [
      'error «primery» "primery" has no meaning here; did you mean "primary"?',
      'error «secondary» "config" is missing in "secondary".',
      'error «confg» "confg" has no meaning here; did you mean "config"?',
    ],
  );
});

test('manifest: values of the wrong kind', () => {
  assert.deepEqual(faults('{"pairs":{}}'), ['error «{» "pairs" must be a list in brackets.']);
  assert.deepEqual(faults('[]'), ['error «[» The manifest must be an object in braces.']);
  assert.deepEqual(faults('{"pairs":["hq"]}'), ['error «hq» An item of this list must be an object in braces.']);
  assert.deepEqual(faults('{"rules":{"xml-syntax":"loud"}}'), [
    'error «loud» "xml-syntax" must be "off", "error", "warning", "info" or "hint".',
  ]);
  assert.deepEqual(faults('{"rules":{"xml-syntax":3}}'), [
    'error «3» "xml-syntax" must be "off", "error", "warning", "info" or "hint".',
  ]);
  assert.deepEqual(
    faults('{"pairs":[{"name":"","primary":{"config":"a.xml","url":"172.16.1.2"},"secondary":{"config":"b.xml"}}]}'),
    [
      'error «""» "name" must not be empty.',
      'error «172.16.1.2» A URL is written like https://172.16.1.2 or https://fw-a.example.org:8443, without a user, password or path.',
    ],
  );
});

test('manifest: how a node is reached', () => {
  const node = (more: string) =>
    `{"pairs":[{"name":"x","primary":{"config":"a.xml",${more}},"secondary":{"config":"b.xml"}}]}`;
  assert.deepEqual(faults(node(`"allowHttp":true,"tls":{"sha256":"${'aB:'.repeat(31)}0f"}`)), []);
  assert.deepEqual(faults(node(`"tls":{"sha256":"${'ab'.repeat(32)}"}`)), []);
  const notHex = 'A SHA-256 fingerprint has 64 hexadecimal digits, with or without colons.';
  assert.deepEqual(faults(node('"tls":{"sha256":"12:34"}')), [`error «12:34» ${notHex}`]);
  assert.deepEqual(faults(node('"tls":{}')), ['error «tls» "sha256" is missing in "tls".']);
  assert.deepEqual(faults(node('"tls":{"sha256":"","sha265":""}')), [
    'error «sha265» "sha265" has no meaning here; did you mean "sha256"?',
    `error «""» ${notHex}`,
  ]);
  assert.deepEqual(faults(node('"allowHttp":"yes"')), ['error «yes» "allowHttp" must be true or false.']);
  assert.deepEqual(faults(node('"allowHTTP":true')), [
    'error «allowHTTP» "allowHTTP" has no meaning here; did you mean "allowHttp"?',
  ]);
});

test('manifest: a pin that cannot be read is not taken for none, and plain HTTP needs true', () => {
  const nodeOf = (more: string) => {
    const workspace = new Workspace();
    const text = `{"pairs":[{"name":"x","primary":{"config":"a.xml"${more}},"secondary":{"config":"b.xml"}}]}`;
    workspace.setDiskText('file:///w/pfsense-ha.json', text);
    const { url, allowHttp, sha256 } = workspace.manifests()[0]?.pairs[0]?.primary ?? {};
    return { url, allowHttp, sha256 };
  };
  assert.deepEqual(nodeOf(''), { url: undefined, allowHttp: false, sha256: undefined });
  assert.deepEqual(nodeOf(',"url":"http://192.0.2.1","allowHttp":true'), {
    url: 'http://192.0.2.1',
    allowHttp: true,
    sha256: undefined,
  });
  assert.deepEqual(nodeOf(',"allowHttp":"true","tls":{"sha256":1}'), { url: undefined, allowHttp: false, sha256: '' });
  assert.equal(nodeOf(',"tls":"12:34"').sha256, '');
  assert.equal(nodeOf(',"tls":{"sha256":"12:34"}').sha256, '12:34');
});

test('manifest: rules that there are not', () => {
  assert.deepEqual(faults('{"rules":{"carp-skew-ordr":"off","nonsense":"off"}}'), [
    'warning «carp-skew-ordr» There is no rule "carp-skew-ordr"; did you mean "carp-skew-order"?',
    'warning «nonsense» There is no rule "nonsense".',
  ]);
});

test('manifest: a topic is weighed like a rule', () => {
  assert.deepEqual(faults('{"rules":{"carp":"off","crap":"off"}}'), [
    'warning «crap» There is no rule "crap"; did you mean "carp"?',
  ]);
});

test('manifest: suppressions', () => {
  const good = '{"rule":"xml-syntax","file":"a.xml","element":"virtualip/vip[vhid=2]","reason":"so"}';
  const suppressed = (...texts: string[]) => faults(`{"suppressions":[${texts.join(',')}]}`);
  assert.deepEqual(suppressed(good, '{"rule":"xml-syntax","reason":"so"}'), []);
  assert.deepEqual(suppressed('{"rule":"xml-syntax"}', '{"reason":"so"}'), [
    'warning «{» "reason" is missing in this suppression.',
    'warning «{» "rule" is missing in this suppression.',
  ]);
  const empty = 'A suppression needs a reason; without one it silences nothing.';
  assert.deepEqual(suppressed('{"rule":"xml-syntax","reason":""}', '{"rule":"xml-syntax","reason":"  "}'), [
    `warning «""» ${empty}`,
    `warning «  » ${empty}`,
  ]);
  assert.deepEqual(suppressed('{"rule":"xml-sintax","file":"d.xml","element":"vip[","reason":"so"}'), [
    'warning «vip[» "vip[" is no path of an element; one is written like virtualip/vip[vhid=2]/advskew.',
  ]);
  assert.deepEqual(suppressed('{"rule":"xml-sintax","file":"pom.xml","raison":"so","reason":"so"}'), [
    'warning «raison» "raison" has no meaning here; did you mean "reason"?',
    'warning «xml-sintax» There is no rule "xml-sintax"; did you mean "xml-syntax"?',
    'warning «pom.xml» "pom.xml" is no pfSense config.',
  ]);
});

test('manifest: a suppression in a file that another manifest speaks for', () => {
  const workspace = new Workspace();
  workspace.setDiskText('file:///w/sub/a.xml', '<pfsense></pfsense>');
  workspace.setDiskText('file:///w/sub/pfsense-ha.json', '{}');
  workspace.setDiskText(uri, '{"suppressions":[{"rule":"xml-syntax","file":"sub/a.xml","reason":"so"}]}');
  const [top] = workspace.manifests();
  assert.ok(top);
  const known = { workspace, ruleIds: ['xml-syntax'], topics: [] };
  assert.deepEqual(
    checkManifest(top, known).map(({ message }) => message),
    ['"sub/a.xml" is no file that this manifest speaks for, so nothing is silenced in it.'],
  );
});

test('manifest: what is no JSON is said at its place, and the rest still counts', () => {
  assert.deepEqual(faults(`{"pairs":[${pair('hq', 'a.xml', 'd.xml')}], // why\n"rules":{}}`), [
    'error «// why» A JSON file holds no comments.',
    'error «d.xml» "d.xml" does not exist, or cannot be read.',
  ]);
  assert.deepEqual(faults('{"rules":{},}').length, 1);
  assert.deepEqual(faults('{"rules":{}').length, 1);
  assert.deepEqual(faults('{"rules":{} "pairs":[]}'), ['error «"pairs"» A comma is missing here.']);
});

test('manifest: a key that stands twice', () => {
  assert.deepEqual(faults('{"rules":{},"rules":{"xml-syntax":"off"}}'), ['error «rules» "rules" stands here twice.']);
});

test('manifest: a file that a deeper manifest names belongs to that one', () => {
  const workspace = new Workspace();
  for (const name of ['a', 'b']) workspace.setDiskText(`file:///w/sub/${name}.xml`, '<pfsense></pfsense>');
  workspace.setDiskText(uri, `{"pairs":[${pair('top', 'sub/a.xml', 'sub/b.xml')}]}`);
  workspace.setDiskText('file:///w/sub/pfsense-ha.json', `{"pairs":[${pair('deep', 'b.xml', 'a.xml')}]}`);
  assert.deepEqual(
    workspace.pairs().map(({ name }) => name),
    ['deep'],
  );
  const [deep, top] = workspace
    .manifests()
    .map(manifest => checkManifest(manifest, { workspace, ruleIds: [], topics: [] }).map(({ message }) => message))
    .reverse();
  assert.deepEqual(top, [
    '"sub/a.xml" is named by sub/pfsense-ha.json too, which lies deeper and counts.',
    '"sub/b.xml" is named by sub/pfsense-ha.json too, which lies deeper and counts.',
  ]);
  assert.deepEqual(deep, []);
});

/** The manifest's text after a pair has been chosen, or why not. */
function chosen(text: string | undefined, primary = 'file:///w/a.xml', secondary = 'file:///w/sub/b.xml'): string {
  const result = editManifest({ uri, text }, { name: 'hq', primary, secondary });
  if (!result.isPossible) return result.problem;
  return result.edits.reduceRight(
    (all, { from, to, text: put }) => all.slice(0, from) + put + all.slice(to),
    text ?? '',
  );
}

test('choosing a pair: a new manifest', () => {
  const expected = `{
  "pairs": [
    {
      "name": "hq",
      "primary": {
        "config": "a.xml"
      },
      "secondary": {
        "config": "sub/b.xml"
      }
    }
  ]
}
`;
  assert.equal(chosen(undefined), expected);
  assert.equal(chosen('\n'), expected);
});

test('choosing a pair: it is added behind the others, in the manner of the file', () => {
  const before =
    '{\n\t"pairs": [\n\t\t{ "name": "lab", "primary": { "config": "x.xml" }, "secondary": { "config": "y.xml" } }\n\t],\n\t"rules": {}\n}\n';
  const after = chosen(before);
  assert.deepEqual(
    JSON.parse(after).pairs.map((each: { name: string }) => each.name),
    ['lab', 'hq'],
  );
  assert.ok(after.startsWith(before.slice(0, before.indexOf('\n\t],'))), 'what stood there stays');
  assert.ok(after.includes('\n\t\t{\n\t\t\t"name": "hq"'), after);
});

test('choosing a pair: a pair with the same name or file is replaced, URL and certificate are kept, roles may swap', () => {
  const before =
    '{"pairs":[{"name":"old","primary":{"config":"./a.xml","url":"https://192.0.2.1","tls":{"sha256":"ab"}},"secondary":{"config":"sub/b.xml"}}]}';
  const after = JSON.parse(chosen(before, 'file:///w/sub/b.xml', 'file:///w/a.xml'));
  assert.deepEqual(after, {
    pairs: [
      {
        name: 'hq',
        primary: { config: 'sub/b.xml' },
        secondary: { config: 'a.xml', url: 'https://192.0.2.1', tls: { sha256: 'ab' } },
      },
    ],
  });
});

test('choosing a pair: a manifest without pairs, and one that is broken', () => {
  assert.equal(JSON.parse(chosen('{"rules":{}}')).pairs[0].name, 'hq');
  assert.equal(chosen('[]'), 'The manifest is not in a state that a pair can be added to; repair it first.');
  assert.equal(chosen('{"pairs":3}'), 'The manifest is not in a state that a pair can be added to; repair it first.');
});

test('choosing a pair: files above the manifest, and on another drive', () => {
  assert.ok(chosen(undefined, 'file:///v/a%20b.xml').includes('"../v/a b.xml"'));
  const result = editManifest(
    { uri: 'file:///c%3A/w/pfsense-ha.json', text: undefined },
    { name: 'x', primary: 'file:///d%3A/a.xml', secondary: 'file:///c%3A/b.xml' },
  );
  assert.equal(result.isPossible, false);
});
