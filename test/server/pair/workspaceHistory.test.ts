import assert from 'node:assert/strict';
import test from 'node:test';
import { Workspace } from '../../../server/src/pair/workspace.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { WorkspaceFindings } from '../../../server/src/rules/workspaceFindings.ts';
import { spanOf } from '../../../server/src/syntax/tree.ts';
import fc from '../../harness/fastCheck.ts';
import { nodeConfig } from '../../harness/pairConfigs.ts';

const configs = [
  nodeConfig({ host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0] }),
  nodeConfig({ host: 3, skews: [100, 0] }),
  nodeConfig({ host: 4, skews: [100, 100] }),
  nodeConfig({ host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0], site: 5 }),
  '<opnsense></opnsense>',
  '<pfsense><version>22.2</Version>',
  '',
];
const manifests = [
  '{"pairs":[{"name":"ab","primary":{"config":"a.xml"},"secondary":{"config":"b.xml"}}]}',
  '{"pairs":[{"name":"ca","primary":{"config":"c.xml"},"secondary":{"config":"a.xml"}}],"rules":{"carp-skew-order":"hint"}}',
  '{"rules":{"xml-syntax":"off"}',
];
const names = ['a.xml', 'b.xml', 'c.xml', 'pfsense-ha.json', 'sub/pfsense-ha.json', 'sub/d.xml'];

type Step =
  | { readonly kind: 'disk'; readonly name: string; readonly text: string }
  | { readonly kind: 'open'; readonly name: string; readonly text: string }
  | { readonly kind: 'gone'; readonly name: string }
  | { readonly kind: 'close'; readonly name: string }
  | {
      readonly kind: 'edit';
      readonly name: string;
      readonly at: number;
      readonly length: number;
      readonly put: string;
    };

const name = fc.constantFrom(...names);
const text = (of: string) => fc.constantFrom(...(of.endsWith('.json') ? manifests : configs));
const step: fc.Arbitrary<Step> = fc.oneof(
  name.chain(of =>
    fc.record({ kind: fc.constantFrom('disk' as const, 'open' as const), name: fc.constant(of), text: text(of) }),
  ),
  fc.record({ kind: fc.constantFrom('gone' as const, 'close' as const), name }),
  fc.record({
    kind: fc.constant('edit' as const),
    name,
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(12),
    put: fc.constantFrom('', '1', '<', '0</advskew>', 'opn'),
  }),
);

/** Everything that a workspace says, so that two can be compared. */
function said(workspace: Workspace, findings: WorkspaceFindings): unknown {
  return {
    pairs: workspace
      .pairs()
      .map(({ name: of, nodes, roles, because }) => [of, nodes.map(({ uri }) => uri), !!roles, because]),
    problems: workspace.problems(),
    roles: workspace.files().map(uri => [uri, workspace.kindOf(uri), workspace.membershipOf(uri)?.role]),
    findings: names.map(of =>
      findings.of(`file:///w/${of}`).map(({ rule, severity, message, at }) => [rule, severity, message, spanOf(at)]),
    ),
  };
}

test('workspace: after any history it says what a new one with the same texts says', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 15 }), steps => {
      const workspace = new Workspace();
      const findings = new WorkspaceFindings(workspace, { rules });
      const disk = new Map<string, string>();
      const editor = new Map<string, string>();
      for (const each of steps) {
        const uri = `file:///w/${each.name}`;
        if (each.kind === 'disk') {
          workspace.setDiskText(uri, each.text);
          disk.set(uri, each.text);
        } else if (each.kind === 'open') {
          workspace.openEditor(uri, each.text);
          editor.set(uri, each.text);
        } else if (each.kind === 'gone') {
          workspace.setDiskText(uri, undefined);
          disk.delete(uri);
        } else if (each.kind === 'close') {
          if (editor.delete(uri)) workspace.closeEditor(uri);
        } else {
          const before = editor.get(uri);
          if (before === undefined) continue;
          const from = Math.floor(each.at * before.length);
          const to = Math.min(before.length, from + each.length);
          workspace.changeEditor(uri, [{ from, to, text: each.put }]);
          editor.set(uri, before.slice(0, from) + each.put + before.slice(to));
        }
        // Asking in between fills every memory that could go stale.
        said(workspace, findings);
      }
      const fresh = new Workspace();
      for (const [uri, content] of disk) fresh.setDiskText(uri, content);
      for (const [uri, content] of editor) fresh.openEditor(uri, content);
      assert.deepEqual(said(workspace, findings), said(fresh, new WorkspaceFindings(fresh, { rules })));
    }),
    { numRuns: process.env.PFSENSE_HA_THOROUGH === '1' ? 1_000 : 60 },
  );
});
