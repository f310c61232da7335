import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { type Session, session } from './harness/session.ts';
import { eventually } from './harness/waiting.ts';
import type { VscodeWindow } from './harness/window.ts';

const main = 'main-pfSense.xml';

suite('a pfSense config is read and edited', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({ sample: 'samples/tutorial', open: main });
    await window.languageStatusUntil(/no findings$/);
  });

  test('the outline has the names that people use', async () => {
    const entries = await window.outline();
    await window.screenshot('outline');
    const names = entries.map(({ label }) => label.replace(/ \([a-z]+\)$/, ''));
    for (const name of ['interfaces', 'WAN (vmx0) 192.168.1.11/24', 'CARP 10.0.0.1 VHID 2 skew 0: LAN VIP', 'hasync']) {
      assert.ok(names.includes(name), `${name} is not among\n${names.join('\n')}`);
    }
  });

  test('elements fold', async () => {
    await window.openFile(main);
    await window.runCommand('Fold All');
    // The view is drawn anew some frames after the command.
    await eventually(async () => {
      const folded = await window.lines(main);
      assert.ok(folded.length < 10, folded.join('\n'));
    });
    await window.runCommand('Unfold All');
    await eventually(async () => assert.ok((await window.lines(main)).length > 20));
  });

  test('tags, values, references and secrets have colours of their own', async () => {
    await window.goTo(main, { line: window.lineOf(main, '<password><![CDATA[example-wan'), column: 1 });
    const colourOf = async (line: string, text: string) => {
      const runs = await window.colours(main, line);
      return runs.find(run => run.text.includes(text))?.colour ?? assert.fail(`${text} is no run of ${line}`);
    };
    const tag = await colourOf('<advbase>', 'advbase');
    const value = await colourOf('<mode>', 'carp');
    const secret = await colourOf('<password>', 'password');
    const address = await colourOf('<subnet>192.168.1.10', '192.168.1.10');
    assert.equal(new Set([tag, value, secret, address]).size, 4, [tag, value, secret, address].join(' '));
  });

  test('a language that a person picks stays, with the same colours and findings', async () => {
    await window.runCommand('Change Language Mode');
    await window.pick('XML');
    await window.statusItemUntil('XML');
    await window.replace(main, '<vhid>2</vhid>', '<vhid>300</vhid>');
    await window.problemsUntil(problems =>
      assert.ok(problems.some(({ code, file }) => code === 'carp-vhid-invalid' && file === main)),
    );
    assert.ok((await window.statusItems()).includes('XML'));
    const runs = await window.colours(main, '<password><![CDATA[example-lan');
    const tags = await window.colours(main, '<advbase>1');
    const colour = (in_: typeof runs, text: string) => in_.find(run => run.text.includes(text))?.colour;
    assert.notEqual(colour(runs, 'password'), colour(tags, 'advbase'));
    await window.undo(main);
    await window.problemsUntil(problems => assert.deepEqual(problems, []));
    await window.runCommand('Change Language Mode');
    await window.pick('pfSense Config');
    await window.statusItemUntil('pfSense Config');
  });

  test('a snippet is offered and written with tabs', async () => {
    const line = window.lineOf(main, '<virtualip>');
    await window.goTo(main, { line, column: 1 });
    await window.page.keyboard.press('End');
    await window.page.keyboard.press('Enter');
    await window.type('carp-vip');
    const offered = await window.suggestions();
    assert.deepEqual(
      offered.filter(label => label === 'carp-vip'),
      ['carp-vip'],
      offered.join(', '),
    );
    await window.screenshot('snippet');
    await window.accept('carp-vip');
    const lines = await window.lines(main);
    const start = lines.findIndex(text => text.includes('<virtualip>'));
    assert.deepEqual(lines.slice(start, start + 4), [
      '    <virtualip>',
      '        <vip>',
      '            <mode>carp</mode>',
      '            <interface>wan</interface>',
    ]);
    await window.closeWithoutSaving(main);
    await window.problemsUntil(problems => assert.deepEqual(problems, []));
  });

  test('the manifest is completed, and what it does not know is a problem', async () => {
    const manifest = 'pfsense-ha.json';
    await window.replace(manifest, '"config": "main-pfSense.xml" }', '"config": "main-pfSense.xml",  }');
    for (const _ of ' }') await window.page.keyboard.press('ArrowLeft');
    // Until VS Code's own JSON support has read the schema, words of the file are offered.
    await eventually(async () => {
      await window.page.keyboard.press('Escape');
      assert.deepEqual(await window.suggestions(), ['allowHttp', 'tls', 'url']);
    });
    await window.screenshot('manifest');
    await window.closeWithoutSaving(manifest);
    // VS Code's own JSON support has the schema too, but judges nothing: each mistake is told once.
    await window.replace(manifest, '"pairs"', '"colour": 1, "rules": { "carp-skew-ordr": "off" }, "pairs"');
    await window.problemsUntil(problems =>
      assert.deepEqual(
        problems.map(({ file, source, message }) => [file, source, message]),
        [
          [manifest, 'pfsense-ha', '"colour" has no meaning here.'],
          [manifest, 'pfsense-ha', 'There is no rule "carp-skew-ordr"; did you mean "carp-skew-order"?'],
        ],
      ),
    );
    await window.closeWithoutSaving(manifest);
    await window.problemsUntil(problems => assert.deepEqual(problems, []));
  });

  test('rules and topics are completed in the manifest, and what they may weigh', async () => {
    const manifest = 'pfsense-ha.json';
    await window.replace(
      manifest,
      '"pairs"',
      '"rules": { "carp-skew-step":  }, "suppressions": [{ "rule":  }], "pairs"',
    );
    const back = async (steps: number) => {
      for (let step = 0; step < steps; step++) await window.page.keyboard.press('ArrowLeft');
    };
    await back(' }], "pairs"'.length);
    const offered = (wanted: readonly string[]) =>
      eventually(async () => {
        await window.page.keyboard.press('Escape');
        const names = await window.suggestions();
        for (const name of wanted) assert.ok(names.includes(name), names.join(', '));
      });
    await offered(['"carp-address-conflict"']);
    await window.page.keyboard.press('Escape');
    await back(' }, "suppressions": [{ "rule": '.length);
    await offered(['"error"', '"hint"', '"info"', '"off"', '"warning"']);
    await window.closeWithoutSaving(manifest);
    await window.replace(manifest, '"pairs"', '"rules": {  }, "pairs"');
    await back(' }, "pairs"'.length);
    await offered(['carp', 'carp-address-conflict']);
    await window.closeWithoutSaving(manifest);
    await window.problemsUntil(problems => assert.deepEqual(problems, []));
  });

  test('nothing has failed in the background', () => {
    assert.deepEqual(vscode.complaints(), []);
  });
});
