import assert from 'node:assert/strict';
import test from 'node:test';
import type { Plan } from '../../../../server/src/sync/plan/plan.ts';
import { fixtureTexts } from '../../../simulator/fixturePair.ts';
import { releaseNamed } from '../../../simulator/release.ts';
import { NodeInMemory, type PlanOptions, planOf } from './nodeInMemory.ts';

const release = releaseNamed('2.7.2');
const both = fixtureTexts('2.7.2');

/** The pair, and how its files are to be otherwise; `held` are the nodes where they are not as the fixture. */
interface Case extends PlanOptions {
  readonly edit?: (text: string) => string;
  readonly editSecondary?: (text: string) => string;
  readonly held?: (text: string) => string;
}

const same = (text: string) => text;

function plan({ edit = same, editSecondary = same, held = same, ...options }: Case): Plan {
  const nodes = {
    primary: new NodeInMemory(held(both.primary), release),
    secondary: new NodeInMemory(both.secondary, release),
  };
  nodes.primary.synchroniseTo(nodes.secondary);
  const wanted = { primary: edit(both.primary), secondary: editSecondary(nodes.secondary.store.text) };
  return planOf(nodes, wanted, options);
}

/** Replaces a text that has to be there. */
function put(from: string, to: string): (text: string) => string {
  return text => {
    assert.ok(text.includes(from), from);
    return text.replace(from, to);
  };
}

/** Why nothing is sent; that nothing is sent then goes without saying in a test. */
function refusals(made: Plan): readonly string[] {
  if (made.refusals.length > 0) assert.deepEqual(made.steps, []);
  return made.refusals.map(({ reason, role, message }) => `${role} ${reason}: ${message}`);
}

function ways({ nodes }: Plan): readonly string[] {
  return [nodes.primary, nodes.secondary].flatMap(({ role, sections }) =>
    sections.map(({ name, way }) => `${role} ${way} ${name}`),
  );
}

const anotherAlias = put('<address>192.168.1.30</address>', '<address>192.168.1.31</address>');

test('a plan is refused for every error in a file, by line and rule, twenty at most', () => {
  const error = { role: 'secondary', line: 7, rule: 'carp-vhid', message: 'VHID 300 is too large.' } as const;
  assert.deepEqual(refusals(plan({ edit: anotherAlias, errors: [error] })), [
    'secondary error finding: Line 7 of the file: VHID 300 is too large. (carp-vhid)',
  ]);
  const many = refusals(plan({ edit: anotherAlias, errors: Array.from({ length: 23 }, () => error) }));
  assert.equal(many.length, 21);
  assert.equal(many.at(-1), 'undefined error finding: There are 3 more errors in the files.');
});

test('a plan is refused where a second XML parser does not accept a file', () => {
  const edit = put('<mode>carp</mode>', '<mode a=1>carp</mode>');
  const line = edit(both.primary).split('<mode a=1>')[0]?.split('\n').length;
  assert.deepEqual(refusals(plan({ edit })), [
    `primary not well-formed: A second XML parser does not accept the file at line ${line}. Correct what stands there.`,
  ]);
});

test('a plan is refused for a section that pfSense could not read', () => {
  const [first, ...more] = refusals(
    plan({ edit: put('<nextuid>2002</nextuid>', '<nextuid>1</nextuid>\n<nextuid>2</nextuid>') }),
  );
  assert.deepEqual(more, []);
  assert.match(first ?? '', /^primary unsound section: system\/nextuid stands 2 times, and pfSense refuses a file/);
});

test('a plan is refused for what would break a firewall of that version', () => {
  const list = refusals(
    plan({ edit: put('<hostname>fw1</hostname>', '<hostname>fw1</hostname>\n<mailserver>Zürich</mailserver>') }),
  );
  assert.equal(list.length, 1);
  assert.match(list[0] ?? '', /^primary unsound section: .*system\/mailserver/);
});

test('a plan is refused where the config version of file and firewall differ', () => {
  assert.deepEqual(refusals(plan({ edit: put('<version>23.3</version>', '<version>22.2</version>') })), [
    'primary config version: The file has config version 22.2, and the firewall runs 23.3 (pfSense 2.7.2-RELEASE). Pull it, and make the changes in what comes.',
  ]);
});

test('a plan is refused where another host answers: another name, or the two files swapped', () => {
  assert.deepEqual(refusals(plan({ edit: put('<hostname>fw1</hostname>', '<hostname>fw9</hostname>') })), [
    'primary other host: At https://primary.example.org answers fw1.example.org, and the file is of fw9.example.org. Check the url of the node, and which file is whose; a host name is changed in the web interface.',
  ]);
  const swapped = plan({ edit: () => both.secondary, editSecondary: () => both.primary });
  assert.deepEqual(
    swapped.refusals.map(({ role, reason }) => `${role} ${reason}`),
    ['primary other host', 'secondary other host'],
  );
});

test('a plan is refused where the same firewall answers for both', () => {
  const node = new NodeInMemory(both.primary, release);
  const made = planOf({ primary: node, secondary: node }, both);
  assert.deepEqual(
    made.refusals.map(({ role, reason }) => `${role} ${reason}`),
    ['secondary other host'],
  );
});

test('a plan is refused where something else than pfSense answers', () => {
  const firmware = { product: '24.1', config: '23.3', platform: 'OPNsense' };
  assert.deepEqual(refusals(plan({ edit: anotherAlias, primary: { firmware } })), [
    'primary no pfSense: What answers at https://primary.example.org is no pfSense. Check the url of the node.',
  ]);
});

test('a plan is refused where this computer has the address that the firewall synchronises to', () => {
  const message =
    'primary loop guard: The firewall synchronises to 172.16.1.3, which is an address of this computer, and so takes nothing from it: it would answer as if it had. Push from another computer.';
  assert.deepEqual(refusals(plan({ edit: anotherAlias, ownAddresses: ['127.0.0.1', '172.16.1.3'] })), [message]);
  assert.deepEqual(refusals(plan({ edit: anotherAlias, ownAddresses: ['127.0.0.1', '172.16.1.4'] })), []);
});

const renamedAlias = put('<descr><![CDATA[Servers]]></descr>', '<descr><![CDATA[Web servers]]></descr>');

test('a plan is refused where somebody has worked on what it would overwrite since the pull, and only there', () => {
  const bases = both;
  const [first, ...more] = refusals(plan({ held: renamedAlias, edit: anotherAlias, bases }));
  assert.match(
    first ?? '',
    /^primary live changes: The firewall has changed since it was pulled, and a push would overwrite that: alias servers \(changed\)\. Pull it/,
  );
  assert.ok(more.every(line => line.startsWith('secondary live changes: ')));
  const elsewhere = put('<descr><![CDATA[LAN]]></descr>', '<descr><![CDATA[Office]]></descr>');
  const untouched = plan({ held: renamedAlias, edit: text => elsewhere(renamedAlias(text)), bases });
  assert.deepEqual(refusals(untouched), [], 'what the firewall has already is no conflict');
});

test('without a base all that would be lost has to be agreed to; with one nothing has', () => {
  const removed = (text: string) => text.replace(/\t\t<alias>[\s\S]*?<\/alias>\n/, '');
  const [primary] = plan({ edit: removed }).consents;
  assert.deepEqual(primary, {
    role: 'primary',
    reason: 'no base',
    lost: [{ section: 'aliases', title: 'alias servers' }],
  });
  assert.deepEqual(plan({ edit: anotherAlias, bases: both }).consents, []);
  const added = put('<nextgid>2000</nextgid>', '<nextgid>2000</nextgid>\n<language>en_US</language>');
  assert.deepEqual(plan({ edit: added }).consents, [], 'what is added costs nothing');
});

test('CARP that is off or in maintenance is told of', () => {
  const carp = { isEnabled: true, isInMaintenance: false, demotion: 0, vips: [] };
  const warnings = (state: Partial<typeof carp>) => plan({ primary: { carp: { ...carp, ...state } } }).warnings;
  assert.deepEqual(warnings({}), []);
  assert.deepEqual(warnings({ isEnabled: false }), ['CARP is disabled on the primary.']);
  const maintenance = 'The primary is in persistent CARP maintenance mode: it stays in it, and so is no master.';
  assert.deepEqual(warnings({ isInMaintenance: true }), [maintenance]);
  const flag = put('<hasync>', '<virtualip_carp_maintenancemode></virtualip_carp_maintenancemode>\n\t<hasync>');
  const unasked = plan({ held: flag });
  assert.deepEqual(unasked.warnings, [maintenance], 'an account that may not ask reads it from the config');
  assert.deepEqual(unasked.steps, [], 'and it is never pushed');
});

test('a file on disk that pfSense has not read is told of', () => {
  const disk = new NodeInMemory(renamedAlias(both.primary), release).live().disk;
  const { warnings } = plan({ edit: anotherAlias, primary: { disk } });
  assert.ok(
    warnings.some(warning =>
      /^On the primary config\.xml was edited without pfSense reading it: aliases /.test(warning),
    ),
    warnings.join('\n'),
  );
});

test('what could not be taken back is told of, unless it may be replaced exactly', () => {
  const edit = put('<nextgid>2000</nextgid>', '<nextgid>2000</nextgid>\n<language>en_US</language>');
  assert.deepEqual(plan({ edit }).warnings, [
    'Should the push fail, this could not be taken back on the primary: system/language. A restore adds it, and takes nothing away.',
  ]);
  assert.deepEqual(plan({ edit, execPhp: 'allowed' }).warnings, []);
  assert.deepEqual(
    plan({ edit: anotherAlias, editSecondary: anotherAlias }).warnings,
    [],
    'aliases are replaced whole',
  );
});

test('a captive portal zone that goes is told of with what goes with it', () => {
  const zone = (name: string) => `<${name}><zone>${name}</zone><interface>lan</interface></${name}>`;
  const portal = (...names: string[]) =>
    put('<hasync>', `<captiveportal>${names.map(zone).join('')}</captiveportal><hasync>`);
  const held = portal('guests', 'staff');
  const warnings = (edit: (text: string) => string) => plan({ held, edit, editSecondary: edit }).warnings;
  assert.deepEqual(
    warnings(portal('staff')).filter(warning => /captive portal/.test(warning)),
    ['With a captive portal zone go its vouchers and its sessions on the primary: guests.'],
  );
  assert.deepEqual(warnings(held), []);
});

test('a key that a restore cannot take away is left out with what to do, or replaced exactly where that is allowed', () => {
  const withoutWebgui = (text: string) => text.replace(/\t\t<webgui>[\s\S]*?<\/webgui>\n/, '');
  const left = plan({ edit: withoutWebgui });
  assert.deepEqual(left.nodes.primary.sections, [
    {
      name: 'system',
      way: 'left out',
      effect: 'after a reboot or a save in the GUI',
      changes: [{ kind: 'removed', title: 'setting webgui', settings: [] }],
      byHand:
        'A restore takes no setting away, and leaves users and groups of the system as they are. Do it under System, or allow exact replacement by exec_php.',
    },
  ]);
  assert.deepEqual(left.steps, []);
  const replaced = plan({ edit: withoutWebgui, execPhp: 'allowed' });
  assert.deepEqual(
    replaced.nodes.primary.sections.map(({ name, way }) => `${way} ${name}`),
    ['replaced system'],
  );
  assert.deepEqual(
    replaced.steps.map(({ kind, role }) => `${kind} ${role}`),
    ['replace primary'],
  );
});

test('a flag that is set is sent though it is empty, and one that is taken out is no empty one', () => {
  const edit = put('<nextgid>2000</nextgid>', '<nextgid>2000</nextgid>\n<disableconsolemenu></disableconsolemenu>');
  const set = plan({ edit });
  assert.deepEqual(
    set.nodes.primary.sections.map(({ name, way, changes }) => ({ name, way, changes })),
    [{ name: 'system', way: 'sent', changes: [{ kind: 'added', title: 'setting disableconsolemenu', settings: [] }] }],
  );
  assert.deepEqual(
    set.steps.map(({ kind }) => kind),
    ['send'],
  );
  const [section] = plan({ held: edit }).nodes.primary.sections;
  assert.deepEqual(
    [section?.way, section?.changes],
    ['left out', [{ kind: 'removed', title: 'setting disableconsolemenu', settings: [] }]],
  );
  const interfaces = plan({ edit: put('<lan>\n\t\t\t<enable></enable>', '<lan>') }).nodes.primary.sections;
  assert.deepEqual(interfaces[0]?.changes, [{ kind: 'changed', title: 'interface lan (LAN)', settings: ['enable'] }]);
});

/** Each node has another description of its alias, and the primary's file has no box for aliases any more. */
const unticked: Case = {
  edit: text => put('\t\t<synchronizealiases>on</synchronizealiases>\n', '')(renamedAlias(text)),
  editSecondary: put('<descr><![CDATA[Servers]]></descr>', '<descr><![CDATA[Own servers]]></descr>'),
};

test('a box that cannot be taken out goes on working, so that its sections go to the primary alone', () => {
  const made = plan(unticked);
  assert.deepEqual(ways(made), ['primary sent aliases', 'primary left out hasync', 'secondary by the primary aliases']);
});

test('a box that is taken out exactly is taken out before anything else is saved on the primary', () => {
  const made = plan({ ...unticked, execPhp: 'allowed' });
  assert.deepEqual(ways(made), ['primary sent aliases', 'primary replaced hasync', 'secondary sent aliases']);
  assert.deepEqual(
    made.steps.map(step => `${step.kind} ${step.role} ${[...step.seen.keys()]}`),
    ['send secondary aliases', 'replace primary hasync', 'send primary aliases'],
  );
});

test('users that pfSense would not bring to the secondary in one go are left to a person, and not waited for', () => {
  const withoutUsers = (text: string) =>
    text.replace(/\t\t<user>\n(?:(?!<\/user>)[\s\S])*<name>(?:hasync|plain)<\/name>[\s\S]*?<\/user>\n/g, '');
  const made = plan({ edit: withoutUsers, execPhp: 'allowed' });
  assert.deepEqual(refusals(made), []);
  const system = made.nodes.secondary.sections.find(({ name }) => name === 'system');
  assert.equal(system?.way, 'left out');
  assert.deepEqual(
    system?.changes.map(({ kind, title }) => `${kind} ${title}`),
    ['removed user hasync', 'removed user plain'],
  );
  assert.match(made.warnings.join('\n'), /^Users and groups of the secondary are not waited for\. /m);
  assert.ok(!made.steps.some(step => step.kind === 'wait' && step.seen.has('system')));
});

test('packages and vouchers are left to a person, whatever is allowed', () => {
  const edit = put(
    '<hasync>',
    '<installedpackages>\n\t\t<menu>\n\t\t\t<name>x</name>\n\t\t</menu>\n\t</installedpackages>\n\t<hasync>',
  );
  const { nodes, steps } = plan({ edit, execPhp: 'allowed' });
  assert.deepEqual(
    nodes.primary.sections.map(({ name, way }) => `${way} ${name}`),
    ['left out installedpackages'],
  );
  assert.deepEqual(steps, []);
});
