import assert from 'node:assert/strict';
import test from 'node:test';
import type { Plan, PlanStep } from '../../../../server/src/sync/plan/plan.ts';
import { planJson } from '../../../../server/src/sync/plan/planJson.ts';
import { planText } from '../../../../server/src/sync/plan/planText.ts';
import type { SectionMap } from '../../../../server/src/sync/xmlRpc/value.ts';
import { added, node, plan, section } from './plans.ts';

const sections: SectionMap = new Map([['aliases', new Map([['alias', [new Map([['name', 'hidden value']])]]])]]);
const steps: readonly PlanStep[] = [
  { kind: 'send', role: 'primary', sections, seen: sections, expected: sections },
  { kind: 'wait', role: 'secondary', seen: sections },
];

const whole: Plan = plan({
  nodes: {
    primary: node('primary', [
      section('aliases', { changes: [added, { kind: 'changed', title: 'alias DB', settings: ['address', 'descr'] }] }),
      section('system', {
        way: 'left out',
        byHand: 'Take it out under System > General Setup.',
        changes: [{ kind: 'removed', title: 'setting dnsserver', settings: [] }],
      }),
    ]),
    secondary: node('secondary', [
      section('aliases', { way: 'by the primary', effect: 'when the primary has copied it', changes: [added] }),
      section('interfaces', { effect: 'after a reboot or a save in the GUI', changes: [added] }),
    ]),
  },
  steps,
  consents: [{ role: 'secondary', reason: 'no base', lost: [{ section: 'nat', title: 'port forward "a"' }] }],
  warnings: ['CARP maintenance mode is on.'],
});

test('a plan as text: what must be agreed to and known, then node by node what changes and how, then the sum', () => {
  assert.equal(
    planText(whole),
    `Plan for hq

What would be lost on the secondary, fw2.example.org:
  The file was never pulled from this firewall, so nothing tells whether somebody has worked there since. The firewall has these otherwise than the file, or has them alone:
  - nat: port forward "a"

To know:
  - CARP maintenance mode is on.

Primary: fw1.example.org, https://192.0.2.1
  aliases: Sent to this firewall; works at once.
    added   alias WEB
    changed alias DB (address, descr)
  system: Left out, to be done by hand. Take it out under System > General Setup.
    removed setting dnsserver

Secondary: fw2.example.org, https://192.0.2.2
  aliases: Copied on by the primary; works when the primary has copied it.
    added   alias WEB
  interfaces: Sent to this firewall; is written at once and works after a reboot or a save in the web interface.
    added   alias WEB

4 changes to bring; 1 change left to do by hand.
`,
  );
});

test('a plan as text: refusals come first, and nothing to do is said', () => {
  const refusals = [{ reason: 'config version', role: 'primary', message: 'The versions differ.' }] as const;
  const refused = planText(plan({ refusals }));
  assert.match(refused, /^Plan for hq\n\nWhat stands against it:\n {2}- Primary: The versions differ\.\n/);
  assert.match(refused, /\n\nNothing can be sent while something stands against it\.\n$/);
  assert.match(planText(plan()), /\n\nNothing to do: a push would change nothing on either firewall\.\n$/);
  const byHand = {
    ...whole.nodes,
    primary: node('primary', [section('voucher', { way: 'left out', changes: [added] })]),
  };
  assert.match(planText(plan({ nodes: byHand })), /\n\nNothing to send: what differs is to be done by hand\.\n$/);
});

test('a plan as text: a description cannot steer a terminal', () => {
  const title = 'alias "\u001b[2J\u202etxt"\nPlan for another';
  const nodes = {
    ...whole.nodes,
    primary: node('primary', [section('aliases', { changes: [{ kind: 'added', title, settings: [] }] })]),
  };
  const text = planText(plan({ nodes, warnings: [title] }));
  assert.match(text, /\n {4}added {3}alias " \[2J txt" Plan for another\n/);
  assert.ok(![...text].some(character => character !== '\n' && /\p{C}/u.test(character)));
});

test('a plan as JSON: all that may be shown, the steps by names, and no value of a config', () => {
  const json = planJson(whole);
  assert.ok(!json.includes('hidden value'));
  const { version, pair, state, nodes, ...rest } = JSON.parse(json);
  assert.deepEqual({ version, pair, state }, { version: 1, pair: 'hq', state: 'consent' });
  assert.deepEqual(nodes.primary, {
    host: 'fw1.example.org',
    origin: 'https://192.0.2.1',
    sections: [
      {
        name: 'aliases',
        way: 'sent',
        effect: 'at once',
        byHand: null,
        changes: [
          { kind: 'added', title: 'alias WEB', settings: [] },
          { kind: 'changed', title: 'alias DB', settings: ['address', 'descr'] },
        ],
      },
      {
        name: 'system',
        way: 'left out',
        effect: 'at once',
        byHand: 'Take it out under System > General Setup.',
        changes: [{ kind: 'removed', title: 'setting dnsserver', settings: [] }],
      },
    ],
  });
  assert.deepEqual(rest, {
    steps: [
      { kind: 'send', node: 'primary', sections: ['aliases'] },
      { kind: 'wait', node: 'secondary', sections: ['aliases'] },
    ],
    refusals: [],
    consents: [{ node: 'secondary', reason: 'no base', lost: [{ section: 'nat', title: 'port forward "a"' }] }],
    warnings: ['CARP maintenance mode is on.'],
  });
});

test('a plan as JSON: how it stands', () => {
  const stateOf = (made: Plan) => JSON.parse(planJson(made)).state;
  assert.equal(stateOf(plan()), 'nothing to do');
  assert.equal(stateOf({ ...whole, consents: [] }), 'ready');
  assert.equal(stateOf({ ...whole, steps: [] }), 'by hand');
  const refusals = [{ reason: 'loop guard', role: undefined, message: 'No.' }] as const;
  assert.equal(stateOf({ ...whole, refusals }), 'refused');
  assert.deepEqual(JSON.parse(planJson({ ...whole, refusals })).refusals, [
    { reason: 'loop guard', node: null, message: 'No.' },
  ]);
});
