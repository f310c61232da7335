import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { inspect } from 'node:util';
import type { Config } from '../../../../server/src/model/config.ts';
import { isSecretName } from '../../../../server/src/schema/secrets.ts';
import { parseFingerprint } from '../../../../server/src/sync/node/certificate.ts';
import { Credentials } from '../../../../server/src/sync/node/credentials.ts';
import { openPairSync } from '../../../../server/src/sync/openPairSync.ts';
import type { PairSync, PushOptions, SyncNode } from '../../../../server/src/sync/pairSync.ts';
import type { Plan } from '../../../../server/src/sync/plan/plan.ts';
import { planMarkdown } from '../../../../server/src/sync/plan/planMarkdown.ts';
import { planText } from '../../../../server/src/sync/plan/planText.ts';
import { outcomeMarkdown } from '../../../../server/src/sync/push/outcomeMarkdown.ts';
import { openDiskStore } from '../../../../server/src/sync/store/diskStore.ts';
import type { Element } from '../../../../server/src/syntax/tree.ts';
import type { Fault } from '../../../simulator/node/faults.ts';
import type { SimulatedNode } from '../../../simulator/node/simulatedNode.ts';
import type { ReleaseName } from '../../../simulator/release.ts';
import { defaultPasswords, startPair } from '../../../simulator/startPair.ts';
import { fileOf, filesOf, hurry, planOf, type Texts } from '../livePair.ts';

const isThorough = process.env.PFSENSE_HA_THOROUGH === '1';

const adminPassword = 'Zugang-4711-für "alle"';

/** Whatever stands in an element of a secret's name; what is too short says nothing. */
function secretsOf(config: Config): readonly string[] {
  const found: string[] = [];
  const visit = (element: Element) => {
    if (isSecretName(element.name) && !element.hasChildren) found.push(config.text(element));
    for (const child of element.children()) visit(child);
  };
  for (const { top } of config.document.tree.branches) visit(top);
  return found.filter(text => text.length >= 6);
}

/** Another password for each VIP and user, so that the secrets themselves are what is pushed. */
function withNewSecrets({ primary, secondary }: Texts): Texts {
  const change = (text: string) =>
    text
      .replace(/(<vip>[\s\S]*?<password>(?:<!\[CDATA\[)?)[^<\]]*/g, '$1new-vip-secret')
      .replace(/(<pre-shared-key>)[^<]*/g, '$1new-tunnel-secret')
      .replace(/(<bcrypt-hash>[^<]*)/g, '$1newhash')
      .replace(/<descr>(?:<!\[CDATA\[)?SYNC/g, '$& link');
  return { primary: change(primary), secondary: change(secondary) };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

interface Traces {
  /** By where it was found. */
  readonly texts: Map<string, string>;
  readonly kinds: Set<string>;
}

async function run(sync: PairSync, plan: Plan, { texts: traces, kinds }: Traces): Promise<void> {
  const progress: string[] = [];
  const options: PushOptions = {
    liveChanges: 'accepted',
    onCancel: async () => 'undo',
    progress: ({ message }) => progress.push(message),
  };
  const outcomes = [await sync.push(plan, options)];
  traces.set('plan', `${planMarkdown(plan)} ${planText(plan)} ${JSON.stringify({ ...plan, steps: [] })}`);
  const journal = await sync.lastRun();
  if (journal) outcomes.push(await sync.verify(journal, options), await sync.undo(journal, options));
  for (const [index, outcome] of outcomes.entries()) {
    kinds.add(outcome.kind);
    traces.set(`outcome ${index}`, `${JSON.stringify(outcome)} ${inspect(outcome, { depth: null, showHidden: true })}`);
    traces.set(`report ${index}`, outcomeMarkdown(outcome, { kind: 'push', pair: 'hq' }));
  }
  traces.set('progress', progress.join('\n'));
  // What may be written to a log: the pair itself, with all that it holds.
  traces.set('pair', JSON.stringify(sync.keys));
}

const faults: readonly (Fault | undefined)[] = [
  undefined,
  { kind: 'lie' },
  { kind: 'fatal error' },
  { kind: 'gateway timeout' },
  { kind: 'redirect', location: 'https://192.0.2.9/' },
  { kind: 'certificate change' },
  { kind: 'another administrator', when: 'after', edit: text => text.replace('new-vip-secret', 'their-vip-secret') },
];

/** Not the broken pair: no pfSense would hold it, since an element of it stands twice. */
const samples: readonly (readonly [ReleaseName, string, string])[] = [
  ['2.6.0', 'samples/tutorial/main-pfSense.xml', 'samples/tutorial/second-pfSense.xml'],
  ['2.8.0', 'samples/kea/fw-a.xml', 'samples/kea/fw-b.xml'],
];

for (const [version, first, second] of samples) {
  test(`secrets: nothing that a run on ${first} leaves behind holds any`, async () => {
    const before = { primary: readFileSync(first, 'utf8'), secondary: readFileSync(second, 'utf8') };
    const wanted = withNewSecrets(before);
    const passwords = { ...defaultPasswords(before.primary, version), admin: adminPassword };
    const written = [...Object.values(before), ...Object.values(wanted)].flatMap(text => secretsOf(fileOf(text)));
    const secrets = new Set([...written, ...Object.values(passwords), 'their-vip-secret', 'new-vip-secret']);
    assert.ok(secrets.size >= 5, [...secrets].join(' '));
    assert.throws(() => assertNoSecrets(new Map([['file', before.primary]]), secrets), 'they are found where they are');
    const kinds = new Set<string>();
    // The quick loop takes every third.
    for (const fault of faults.filter((_, index) => isThorough || index % 3 === 0)) {
      const folder = mkdtempSync(join(tmpdir(), 'pfsense-ha-secrets-'));
      const pair = await startPair({ version, ...before, passwords, protocol: 'https', syncDelayMilliseconds: 5 });
      const texts = new Map<string, string>();
      const told: string[] = [];
      const spied = spyOnConsole(told);
      try {
        const files = filesOf(wanted);
        const nodes = {
          primary: nodeAt(pair.primary, files.primary),
          secondary: nodeAt(pair.secondary, files.secondary),
        };
        const store = openDiskStore({ folder, tell: message => told.push(message) });
        const sync = openPairSync({
          pair: 'hq',
          nodes,
          store,
          execPhp: 'allowed',
          secondaryTimeout: 5_000,
          pace: hurry,
        });
        const plan = await planOf(sync);
        if (fault) pair.primary.orderFault(fault, { call: 'restore_config_section' });
        await run(sync, plan, { texts, kinds });
        texts.set('told', told.join('\n'));
        for (const path of filesBelow(folder)) {
          assert.equal(statSync(path).mode & 0o777, 0o600, path);
          if (!path.includes('/backups/')) texts.set(path, readFileSync(path, 'latin1'));
        }
      } finally {
        spied.restore();
        await pair.dispose();
        rmSync(folder, { recursive: true, force: true });
      }
      assert.ok(texts.size >= 4);
      assertNoSecrets(texts, secrets);
    }
    assert.ok(kinds.size >= 2, [...kinds].join(' '));
  });
}

/** As it is, and in the forms that it takes on its ways. */
function assertNoSecrets(texts: ReadonlyMap<string, string>, secrets: ReadonlySet<string>): void {
  for (const secret of secrets) {
    const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -2);
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64]) {
      for (const [where, text] of texts)
        assert.ok(form === '' || !text.includes(form), `a secret of ${secret.length} characters in ${where}`);
    }
  }
}

function spyOnConsole(told: string[]) {
  const { log, warn, error, info } = console;
  const spy = (...args: readonly unknown[]) => {
    told.push(inspect(args, { depth: null }));
  };
  Object.assign(console, { log: spy, warn: spy, error: spy, info: spy });
  return { restore: () => Object.assign(console, { log, warn, error, info }) };
}

function nodeAt(node: SimulatedNode, file: Config): SyncNode {
  const reading = Credentials.of('admin', adminPassword);
  const sha256 = parseFingerprint(node.fingerprint);
  assert.ok(reading.kind === 'credentials' && sha256);
  const trust = { kind: 'pinned', sha256 } as const;
  return {
    file,
    connection: { protocol: 'https', host: '127.0.0.1', port: node.port, trust },
    credentials: reading.credentials,
  };
}
