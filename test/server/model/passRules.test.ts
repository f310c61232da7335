import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { rulesThatMayPass, type Wanted } from '../../../server/src/model/passRules.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

const interfaces = '<interfaces><lan><if>vmx1</if></lan><opt1><if>vmx2</if></opt1></interfaces>';
const https: Wanted = { interface: 'opt1', family: 4, protocol: 'tcp', port: 443 };
const pfsync: Wanted = { interface: 'opt1', family: 4, protocol: 'pfsync' };

function counts(rule: string, wanted: Wanted): number | undefined {
  const text = `<pfsense>${interfaces}<filter><rule>${rule}</rule></filter></pfsense>`;
  const rules = rulesThatMayPass(new Config(new XmlDocument('file:///config.xml', text)), wanted);
  return rules && [...rules].length;
}

const on = '<type>pass</type><interface>opt1</interface>';
const port = (text: string) =>
  `${on}<protocol>tcp</protocol><destination><any></any><port>${text}</port></destination>`;

test('a rule counts by interface: the very one, a group, and all of them for a floating rule', () => {
  assert.equal(counts(on, pfsync), 1);
  assert.equal(counts('<type>pass</type><interface>lan</interface>', pfsync), 0);
  assert.equal(counts('<type>pass</type><interface>nodes</interface>', pfsync), 1);
  assert.equal(counts('<type>pass</type>', pfsync), 0);
  assert.equal(counts('<floating>yes</floating><interface>lan,opt1</interface>', pfsync), 1);
  assert.equal(counts('<floating>yes</floating><interface>any</interface>', pfsync), 1);
  assert.equal(counts('<floating>yes</floating><interface></interface>', pfsync), 1);
  assert.equal(counts('<floating>yes</floating><direction>out</direction><interface>opt1</interface>', pfsync), 0);
});

test('a rule counts by action, family and protocol', () => {
  for (const type of ['block', 'reject', 'match']) {
    assert.equal(counts(`<type>${type}</type><interface>opt1</interface>`, pfsync), 0, type);
  }
  assert.equal(counts(`${on}<disabled></disabled>`, pfsync), 0);
  assert.equal(counts(`${on}<ipprotocol>inet6</ipprotocol>`, pfsync), 0);
  assert.equal(counts(`${on}<ipprotocol>inet6</ipprotocol>`, { ...pfsync, family: 6 }), 1);
  assert.equal(counts(`${on}<ipprotocol>inet46</ipprotocol>`, pfsync), 1);
  assert.equal(counts(`${on}<protocol>PFSYNC</protocol>`, pfsync), 1);
  assert.equal(counts(`${on}<protocol>any</protocol>`, pfsync), 1);
  assert.equal(counts(`${on}<protocol>tcp/udp</protocol>`, https), 1);
  assert.equal(counts(`${on}<protocol>udp</protocol>`, https), 0);
  assert.equal(counts(`${on}<protocol>tcp/udp</protocol>`, pfsync), 0);
});

test('a rule counts by its destination port, where that is no alias', () => {
  for (const text of ['443', '400-500', '400:443', 'gui_ports', '']) assert.equal(counts(port(text), https), 1, text);
  for (const text of ['80', '444-500', '1-442']) assert.equal(counts(port(text), https), 0, text);
});

test('a file without rules, and one with pf off, tell nothing', () => {
  const read = (inner: string) =>
    rulesThatMayPass(new Config(new XmlDocument('file:///config.xml', `<pfsense>${inner}</pfsense>`)), pfsync);
  assert.equal(read(interfaces), undefined);
  assert.equal(read('<filter></filter><system><disablefilter>enabled</disablefilter></system>'), undefined);
  assert.deepEqual([...(read('<filter></filter>') ?? ['absent'])], []);
});
