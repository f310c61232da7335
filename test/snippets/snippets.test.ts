import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { Config } from '../../server/src/model/config.ts';
import { Checker } from '../../server/src/rules/check.ts';
import { rules } from '../../server/src/rules/index.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { type Block, blockIn, placed } from './blocks.ts';
import { expand } from './expand.ts';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = Object.entries(
  JSON.parse(readFileSync('snippets/pfsense-config.code-snippets', 'utf8')) as Record<string, Snippet>,
);

const variables = { RANDOM_HEX: '1a2b3c', CURRENT_SECONDS_UNIX: '1655203000' };

const samples = {
  tutorial: ['samples/tutorial/main-pfSense.xml', 'samples/tutorial/second-pfSense.xml'],
  kea: ['samples/kea/fw-a.xml', 'samples/kea/fw-b.xml'],
} as const;

/** Where a snippet belongs in a sample whose facts its defaults are. */
interface Use {
  readonly sample: keyof typeof samples;
  readonly block: Block;
  readonly how: 'instead' | 'after';
  /** What is typed on the primary and on the secondary; absent where the snippet is of one node only. */
  readonly primary?: Readonly<Record<number, string>>;
  readonly secondary?: Readonly<Record<number, string>>;
  /** An element that pfSense wrote in the same form, where `block` is none. */
  readonly form?: { readonly sample: keyof typeof samples; readonly block: Block };
}

const row = (tag: string, containing: string, depth = 2): Block => ({ tag, depth, containing });
const both = { primary: {}, secondary: {} };

const uses: Readonly<Record<string, Use>> = {
  'carp-vip': {
    sample: 'tutorial',
    block: row('vip', 'WAN VIP'),
    how: 'instead',
    primary: {},
    secondary: { 3: '100' },
  },
  'ipalias-on-vip': {
    sample: 'tutorial',
    block: row('vip', 'WAN VIP'),
    how: 'after',
    ...both,
    form: { sample: 'kea', block: row('vip', '<mode>ipalias') },
  },
  'hasync-primary': { sample: 'tutorial', block: row('hasync', '', 1), how: 'instead', primary: {} },
  'hasync-secondary': { sample: 'tutorial', block: row('hasync', '', 1), how: 'instead', secondary: {} },
  'sync-interface': {
    sample: 'tutorial',
    block: row('opt1', '<if>'),
    how: 'instead',
    primary: {},
    secondary: { 4: '172.16.1.3' },
  },
  'rule-pfsync': { sample: 'tutorial', block: row('rule', '<protocol>pfsync'), how: 'instead', ...both },
  'rule-xmlrpc': { sample: 'tutorial', block: row('rule', '(XMLRPC)'), how: 'instead', ...both },
  'nat-outbound-vip': { sample: 'kea', block: row('rule', '[USERS to WAN VIP', 3), how: 'instead', ...both },
  'nat-outbound-vip-before-23': {
    sample: 'tutorial',
    block: row('rule', '[LAN to WAN VIP', 3),
    how: 'instead',
    ...both,
  },
  'nat-outbound-ipsec': { sample: 'kea', block: row('rule', '[IPsec passthrough', 3), how: 'instead', ...both },
  'nat-outbound-ipsec-before-23': {
    sample: 'tutorial',
    block: row('rule', '[IPsec passthrough', 3),
    how: 'instead',
    ...both,
  },
  'dhcp-failover': {
    sample: 'tutorial',
    block: row('lan', '<failover_peerip>'),
    how: 'instead',
    primary: {},
    secondary: { 4: '10.0.0.2' },
  },
  'kea-ha': {
    sample: 'kea',
    block: row('kea', '', 1),
    how: 'instead',
    primary: {},
    secondary: { 1: 'standby', 2: 'fw-b', 3: '192.0.2.3', 5: 'fw-a', 6: '192.0.2.2' },
  },
  'port-forward-vip': { sample: 'tutorial', block: row('rule', '<local-port>'), how: 'after', ...both },
  gateway: { sample: 'tutorial', block: row('gateway_item', 'WANGW'), how: 'instead', ...both },
  alias: { sample: 'tutorial', block: row('alias', 'web_server'), how: 'instead', ...both },
  vlan: { sample: 'kea', block: row('vlan', 'VOICE'), how: 'after', ...both },
};

test('a body expands as VS Code expands it', () => {
  const body = ['<${1:wan}>${2|a,b|}$1</$1>', '\t${3:6${RANDOM_HEX}${RANDOM_HEX}}\\$4${5}$0'];
  assert.equal(expand(body, {}, variables), '<wan>awan</wan>\n\t61a2b3c1a2b3c$4');
  assert.equal(expand(body, { 1: 'lan', 2: 'b', 3: 'x' }, variables), '<lan>blan</lan>\n\tx$4');
  assert.throws(() => expand(['$UNKNOWN'], {}, variables));
  assert.throws(() => expand(['${1:open'], {}, variables));
});

test('every snippet has a prefix of its own, a plain description and a use in a sample', () => {
  const prefixes = snippets.map(([, snippet]) => snippet.prefix);
  assert.deepEqual([...prefixes].sort(), Object.keys(uses).sort());
  assert.equal(new Set(prefixes).size, prefixes.length);
  for (const [title, { prefix, description }] of snippets) {
    assert.match(prefix, /^[a-z]+(?:-[a-z0-9]+)*$/, title);
    assert.match(description, /^[A-Z].{20,}\.$/, title);
  }
});

test('every snippet is well-formed and written as pfSense writes it: tabs, one element a line, CDATA by tag', () => {
  for (const [title, { body }] of snippets) {
    const source = expand(body, {}, variables);
    assert.equal(XMLValidator.validate(source), true, title);
    let depth = 0;
    for (const line of source.split('\n')) {
      const form = /^(?<tabs>\t*)<(?<close>\/?)(?<tag>[a-z][-\w]*)>(?:(?<text>.*)<\/\k<tag>>)?$/.exec(line)?.groups;
      assert(form, `${title}: ${line}`);
      if (form.close === '/') depth--;
      assert.equal(form.tabs, '\t'.repeat(depth), `${title}: ${line}`);
      if (form.close === '' && form.text === undefined) depth++;
      // The prefixes of facts.md §3 that occur here; an empty element has no CDATA.
      const wantsCdata = /^(?:descr|detail|password|state|username)/.test(form.tag ?? '') && Boolean(form.text);
      assert.equal(/^<!\[CDATA\[[^<]*\]\]>$/.test(form.text ?? ''), wantsCdata, `${title}: ${line}`);
    }
  }
});

test('every snippet has the elements of what pfSense wrote in the sample, in its order', () => {
  for (const [title, { prefix, body }] of snippets) {
    const use = uses[prefix] ?? assert.fail(prefix);
    const { sample, block } = use.form ?? use;
    const node = use.primary ? 0 : 1;
    const written = tagsOf(blockIn(readFileSync(samples[sample][node], 'utf8'), block));
    let position = -1;
    for (const tag of tagsOf(expand(body, {}, variables))) {
      const next = written.indexOf(tag, position + 1);
      assert(next > position, `${title}: ${tag} is not behind ${written[position]} in the sample`);
      position = next;
    }
  }
});

test('the checker is content with every snippet, expanded with its defaults into the matching sample', () => {
  for (const [title, { prefix, body }] of snippets) {
    const use = uses[prefix] ?? assert.fail(prefix);
    const [primary, secondary] = samples[use.sample].map((file, index) => {
      const text = readFileSync(file, 'utf8');
      const values = index === 0 ? use.primary : use.secondary;
      if (!values) return new Config(new XmlDocument(`file:///${file}`, text));
      const changed = placed(text, use.block, { source: expand(body, values, variables), how: use.how });
      assert.equal(XMLValidator.validate(changed), true, title);
      return new Config(new XmlDocument(`file:///${file}`, changed));
    });
    assert(primary && secondary);
    assert.deepEqual(complaints(primary, secondary), [], title);
  }
});

/** What the whole catalogue finds in a pair, hints aside: nothing has to use what was only just inserted. */
function complaints(primary: Config, secondary: Config): string[] {
  const checker = new Checker(rules);
  return [
    ...checker.checkText(primary),
    ...checker.checkText(secondary),
    ...checker.checkNode({ config: primary, role: 'primary', peer: secondary }),
    ...checker.checkNode({ config: secondary, role: 'secondary', peer: primary }),
    ...checker.checkPair(primary, secondary),
  ]
    .filter(finding => finding.severity !== 'hint')
    .map(finding => `${finding.rule}: ${finding.message}`);
}

function tagsOf(source: string): string[] {
  return [...source.matchAll(/<(?<tag>[a-z][-\w]*)>/g)].map(match => match.groups?.tag ?? '');
}
