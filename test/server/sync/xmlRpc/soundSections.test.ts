import assert from 'node:assert/strict';
import test from 'node:test';
import { type RefusalKind, SoundSections } from '../../../../server/src/sync/xmlRpc/soundSections.ts';
import type { SectionMap, SectionValue } from '../../../../server/src/sync/xmlRpc/value.ts';
import { soundSections, version } from '../support.ts';

const map = (...entries: readonly (readonly [string, SectionValue])[]): SectionMap => new Map(entries);

function refusals(sections: SectionMap, of = '23.3') {
  const check = SoundSections.check(sections, version(of));
  return check.kind === 'refused' ? check.refusals : [];
}

const broken: readonly {
  readonly what: string;
  readonly sections: SectionMap;
  readonly kind: RefusalKind;
  readonly path: string;
}[] = [
  {
    what: 'a lone alias that is no list',
    sections: map(['aliases', map(['alias', map(['name', 'x'], ['type', 'host'])])]),
    kind: 'list tag without a list',
    path: 'aliases/alias',
  },
  {
    what: 'a text where a list belongs',
    sections: map(['dhcpd', map(['lan', map(['dnsserver', '192.0.2.1'])])]),
    kind: 'list tag without a list',
    path: 'dhcpd/lan/dnsserver',
  },
  {
    what: 'a list where no list is read',
    sections: map(['system', map(['hostname', ['fw1', 'fw2']])]),
    kind: 'list under another tag',
    path: 'system/hostname',
  },
  {
    what: 'an empty list where no list is read',
    sections: map(['filter', map(['separator', []])]),
    kind: 'list under another tag',
    path: 'filter/separator',
  },
  {
    what: 'a list in a list',
    sections: map(['aliases', map(['alias', [['x']]])]),
    kind: 'list in a list',
    path: 'aliases/alias[1]',
  },
  {
    what: 'a name with a space',
    sections: map(['aliases', map(['a b', 'x'])]),
    kind: 'no XML name',
    path: 'aliases/a b',
  },
  {
    what: 'a name that begins with a digit',
    sections: map(['captiveportal', map(['1zone', 'x'])]),
    kind: 'no XML name',
    path: 'captiveportal/1zone',
  },
  { what: 'an empty name', sections: map(['', 'x']), kind: 'no XML name', path: '' },
  {
    what: 'a name with capitals',
    sections: map(['unbound', map(['customOptions', 'x'])]),
    kind: 'capitals in a name',
    path: 'unbound/customOptions',
  },
  {
    what: 'a control character',
    sections: map(['system', map(['hostname', 'fw\x07'])]),
    kind: 'no XML character',
    path: 'system/hostname',
  },
  {
    what: 'half a surrogate pair',
    sections: map(['filter', map(['rule', [map(['descr', 'x\ud83d'])]])]),
    kind: 'no XML character',
    path: 'filter/rule[1]/descr',
  },
  {
    what: 'a character with an HTML name outside CDATA',
    sections: map(['system', map(['hostname', 'fw-é'])]),
    kind: 'character with an HTML name',
    path: 'system/hostname',
  },
  { what: 'a map of nothing', sections: map(['hasync', map()]), kind: 'empty map', path: 'hasync' },
];

for (const { what, sections, kind, path } of broken) {
  test(`sections: ${what} is refused`, () => {
    assert.deepEqual(
      refusals(sections).map(refusal => [refusal.kind, refusal.path]),
      [[kind, path]],
    );
    assert.match(refusals(sections)[0]?.message ?? '', /^.{20,}\.$/);
  });
}

test('sections: whether a character can be written depends on tag and version', () => {
  const named = map(['system', map(['hostname', 'fw-é'])]);
  for (const of of ['21.7', '22.2', '23.3', '24.4', '']) assert.equal(refusals(named, of).length, 1, of);
  assert.deepEqual(refusals(named, '24.5'), []);
  for (const text of ['é', '€', '©', 'ß', '\u00a0']) {
    assert.equal(refusals(map(['system', map(['domain', text])])).length, 1, text);
    assert.deepEqual(refusals(map(['system', map(['descr', text])])), [], text);
  }
  // 2.6 has no CDATA for this tag yet.
  const hint = map(['x', map(['hint', 'é'])]);
  assert.equal(refusals(hint, '22.2').length, 1);
  assert.deepEqual(refusals(hint, '22.9'), []);
  // Those without a name of their own, and those that XML itself names, are no danger.
  assert.deepEqual(refusals(map(['system', map(['domain', `"a" & 'b' < c > 🔥 Ω`.replace('Ω', 'ж')])])), []);
  assert.deepEqual(refusals(map(['system', map(['domain', '&eacute;'])])), []);
});

test('sections: which tags are lists depends on the version', () => {
  const list = map(['x', map(['laggroup', [map(['name', 'a'])]])]);
  assert.deepEqual(
    refusals(list, '23.3').map(refusal => refusal.kind),
    ['list under another tag'],
  );
  assert.deepEqual(refusals(list, '24.5'), []);
});

test('sections: what is refused is told without its value', () => {
  const secret = map(['ipsec', map(['phase1', [map(['pre-shared-key', 'geheimé'], ['remote-gateway', 'hush\x01'])]])]);
  const found = refusals(secret);
  assert.equal(found.length, 2);
  const told = JSON.stringify(found);
  for (const part of ['geheim', 'é', 'eacute', 'hush']) assert.ok(!told.includes(part), part);
});

test('sections: every reason is told, and a good one passes as it is', () => {
  const two = map(['aliases', map(['alias', 'x'])], ['system', map(['hostname', ['a']])]);
  assert.equal(refusals(two).length, 2);
  const good = map(['aliases', map(['alias', [map(['name', 'x'], ['detail', 'é||€'])]])], ['cert', []], ['wol', '']);
  assert.equal(soundSections(good, '22.2').sections, good);
});
