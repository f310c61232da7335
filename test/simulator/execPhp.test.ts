import assert from 'node:assert/strict';
import test from 'node:test';
import { withPair } from './fixturePair.ts';
import type { SimulatedNode } from './node/simulatedNode.ts';
import { type ReleaseName, releases } from './release.ts';
import { type Plain, TestClient } from './testClient.ts';

const credentials = 'admin:admin-secret';

async function run(code: string, version: ReleaseName = '2.7.2'): Promise<Plain | string> {
  let result: Plain = null;
  await withPair({ version }, async ({ secondary }) => {
    result = await new TestClient(secondary, credentials).php(code).catch((error: unknown) => String(error));
  });
  return result;
}

test('the file comes as it is, on every release', async () => {
  for (const { name } of releases) {
    await withPair({ version: name }, async ({ primary }) => {
      const client = new TestClient(primary, credentials);
      const code = '$toreturn = base64_encode(file_get_contents("/cf/conf/config.xml"));';
      assert.equal(Buffer.from(String(await client.php(code)), 'base64').toString('utf8'), primary.text, name);
    });
  }
});

test('the sections are listed, and read', async () => {
  assert.deepEqual(await run('global $config; $toreturn = array_keys($config);'), [
    'version',
    'system',
    'interfaces',
    'virtualip',
    'aliases',
    'dhcpd',
    'unbound',
    'hasync',
  ]);
  assert.equal(await run('global $config; $toreturn = $config["system"]["hostname"];', '2.5.2'), 'fw2');
  assert.equal(await run('$toreturn = $config["system"]["hostname"] ?? "not imported";'), 'not imported');
  assert.equal(await run("$toreturn = config_get_path('system/hostname', '?');"), 'fw2');
  assert.equal(await run("$toreturn = config_get_path('system/nothing', '?');"), '?');
});

test('what came with 2.7 is missing before', async () => {
  const pattern =
    /200 Fatal error: Uncaught Error: Call to undefined function config_get_path\(\) in \/usr\/local\/www\/xmlrpc\.php\(147\) : eval\(\)'d code:1/;
  assert.match(String(await run("$toreturn = config_get_path('system/hostname');", '2.6.0')), pattern);
});

test('which functions there are depends on the release', async () => {
  const code = '$toreturn = function_exists("config_set_path") ? "paths" : "global";';
  assert.deepEqual([await run(code, '2.6.0'), await run(code, '2.7.2')], ['global', 'paths']);
});

test('code that says nothing, or something false, says true', async () => {
  for (const code of ['$x = 1;', '$toreturn = 0;', '$toreturn = "";', '$toreturn = array();', 'return;', '']) {
    assert.equal(await run(code), true, code);
  }
});

test('the language, as far as snippets need it', async () => {
  const cases: readonly (readonly [string, Plain])[] = [
    ['$a = array("x" => 1, "y" => array(2, 3)); $toreturn = $a["y"][1] . "/" . count($a);', '3/2'],
    [
      '$toreturn = []; foreach (["a" => 1, "b" => 2] as $k => $v) { if ($v == 1) { continue; } $toreturn[] = "$k={$v}"; }',
      ['b=2'],
    ],
    ['foreach ([1, 2, 3] as $v) { if ($v > 2) break; $toreturn = $v; }', 2],
    ['$a = 5; $a += 2; $s = "x"; $s .= $a; $toreturn = $s;', 'x7'],
    ['$toreturn = isset($no["x"]) ? "is" : (empty($no) ? "none" : "some");', 'none'],
    [
      'if (false) { $toreturn = 1; } elseif (!is_array(3) && 2 * 3 === 6) { $toreturn = "two"; } else { $toreturn = 3; }',
      'two',
    ],
    ['$toreturn = (string)12 . (int)"7x" . ((bool)"a" ? "y" : "n");', '127y'],
    [
      '$a = ["k" => ["l" => 1]]; $b = $a; $b["k"]["l"] = 2; unset($b["z"]); $toreturn = $a["k"]["l"] . $b["k"]["l"];',
      '12',
    ],
    ['$toreturn = \'it\\\'s \\n\' . "\\n\\"";', 'it\'s \\n\n"'],
    [
      '/* one */ $toreturn = json_encode(array("a" => array(1, true, null), "b" => array())); // two',
      '{"a":[1,true,null],"b":[]}',
    ],
    ['$toreturn = json_decode(base64_decode("eyJhIjpbMSx7ImIiOiLDqSJ9XX0="), true);', { a: [1, { b: 'é' }] }],
    ['$toreturn = implode(",", array_merge(array_keys(["x" => 1]), explode("-", "y-z")));', 'x,y,z'],
  ];
  for (const [code, expected] of cases) assert.deepEqual(await run(code), expected, code);
});

test('code that is none is told of as PHP tells of it', async () => {
  const place = "in \\/usr\\/local\\/www\\/xmlrpc.php\\(\\d+\\) : eval\\(\\)'d code on line";
  const cases: readonly (readonly [ReleaseName, string, RegExp])[] = [
    ['2.6.0', '$x = ;', new RegExp(`^Error: 200 Parse error: syntax error, unexpected ';' ${place} 1$`)],
    ['2.7.2', '$x = ;', new RegExp(`^Error: 200 Parse error: syntax error, unexpected token ";" ${place} 1$`)],
    ['2.7.2', '\n$x = (1;', new RegExp(`unexpected token ";" ${place} 2$`)],
    ['2.7.2', '$x = 1', new RegExp(`unexpected end of file ${place} 1$`)],
    ['2.7.2', 'while ($x) { $y = 1; }', /Parse error: syntax error/],
    ['2.7.2', 'nosuch(1);', /Call to undefined function nosuch\(\)/],
    ['2.7.2', 'throw new Exception("boom");', /^Error: fault 1: Unhandled Exception exception:boom#0/],
  ];
  for (const [version, code, expected] of cases) assert.match(String(await run(code, version)), expected, code);
});

test('a section is replaced exactly: written down, backed up, synchronised', async () => {
  for (const { name } of releases) {
    await withPair({ version: name }, async ({ primary, secondary, settled }) => {
      const code =
        'global $config; $config["aliases"] = json_decode(base64_decode("' +
        Buffer.from('{"alias":[{"name":"exact"}]}').toString('base64') +
        '"), true); unset($config["dhcpd"]); write_config("Exact replacement");';
      const before = primary.text;
      assert.equal(await new TestClient(primary, credentials).php(code), true);
      assert.match(primary.text, /<aliases>\n\t\t<alias>\n\t\t\t<name>exact<\/name>\n\t\t<\/alias>\n\t<\/aliases>/);
      assert.doesNotMatch(primary.text, /<dhcpd>/);
      assert.match(primary.text, /\(system\)@127\.0\.0\.1: Exact replacement/);
      assert.deepEqual(primary.store.backups, [before]);
      await settled();
      assert.match(secondary.text, /<name>exact<\/name>/);
    });
  }
});

test('a file that is put there by hand is seen when the cache is gone, from 2.9 on at once', async () => {
  for (const { name, comparesCacheTime } of releases) {
    await withPair({ version: name }, async ({ secondary }) => {
      const client = new TestClient(secondary, credentials);
      const changed = Buffer.from(secondary.text.replace('>servers<', '>by hand<')).toString('base64');
      await client.php(`file_put_contents("/cf/conf/config.xml", base64_decode("${changed}"));`);
      const alias = async () => JSON.stringify(await client.backup('aliases')).includes('by hand');
      assert.equal(await alias(), comparesCacheTime, name);
      await client.php('unlink_if_exists("/tmp/config.cache");');
      assert.equal(await alias(), true, name);
    });
  }
});

test('a file that cannot be read gives way to the last copy', async () => {
  await withPair({}, async ({ secondary }) => {
    const client = new TestClient(secondary, credentials);
    await client.restore({ mytool: { a: '1' } });
    const [copy] = secondary.store.backups;
    await client.php('file_put_contents("/cf/conf/config.xml", "<pfsense>"); unlink("/tmp/config.cache");');
    assert.equal(secondary.text, copy);
  });
});

const carpCode = [
  'global $config; $vips = array();',
  'foreach ($config["virtualip"]["vip"] as $vip) { if ($vip["mode"] != "carp") { continue; }',
  '$vips[] = (string)get_carp_interface_status("_vip" . $vip["uniqid"]); }',
  '$toreturn = array("on" => (bool)get_carp_status(), "demotion" => (int)get_single_sysctl("net.inet.carp.demotion"),',
  '"maintenance" => isset($config["virtualip_carp_maintenancemode"]), "vips" => $vips);',
].join(' ');

const carp = (node: SimulatedNode) => new TestClient(node, credentials).php(carpCode);

test('CARP: who has the smaller advskew is master, unless it is in maintenance, switched off or told otherwise', async () => {
  await withPair({}, async ({ primary, secondary }) => {
    const state = (state: string, more: object = {}) => ({
      on: true,
      demotion: 0,
      maintenance: false,
      vips: [state, state],
      ...more,
    });
    assert.deepEqual([await carp(primary), await carp(secondary)], [state('MASTER'), state('BACKUP')]);
    primary.saveInGui(text =>
      text.replace('</pfsense>', '<virtualip_carp_maintenancemode></virtualip_carp_maintenancemode></pfsense>'),
    );
    assert.deepEqual(
      [await carp(primary), await carp(secondary)],
      [state('BACKUP', { maintenance: true }), state('MASTER')],
    );
    primary.carpAllowed = false;
    assert.deepEqual(await carp(primary), state('INIT', { on: false, maintenance: true }));
    await new TestClient(primary, credentials).call('interfaces_carp_configure');
    assert.equal(primary.carpAllowed, true, 'VIPs that are set up turn CARP on again');
    secondary.carpStateOverride = () => 'BACKUP';
    assert.deepEqual(await carp(secondary), state('BACKUP'));
    assert.equal(
      await new TestClient(primary, credentials).php('$toreturn = get_carp_interface_status("_vipnone") ?: "none";'),
      'none',
    );
  });
});
