import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { readVersion, releaseOf, releasesOf } from '../../../server/src/model/version.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

const versionOf = (text: string) =>
  new Config(new XmlDocument('file:///a.xml', `<pfsense><version>${text}</version></pfsense>`)).query(readVersion);

test('version: what product a config version means', () => {
  const told: readonly (readonly [string, string])[] = [
    ['2.9', 'older than pfSense 1.2'],
    ['3.0', 'pfSense 1.2'],
    ['9.8', 'pfSense 2.1'],
    ['11.7', 'pfSense 2.2.1, 2.2.2 or 2.2.3'],
    ['11.8', 'between pfSense 2.2.3 and 2.2.4'],
    ['15.0', 'pfSense 2.3'],
    ['17.3', 'pfSense 2.4.1 or 2.4.2'],
    ['17.9', 'pfSense 2.4.3'],
    ['18.8', 'pfSense 2.4.4'],
    ['19.1', 'pfSense 2.4.4-p3 or 2.4.5'],
    ['21.7', 'pfSense 2.5.2'],
    ['22.2', 'pfSense 2.6.0'],
    ['22.5', 'between pfSense 2.6.0 and 2.7.0'],
    ['22.9', 'pfSense 2.7.0'],
    ['23.3', 'pfSense 2.7.1 or 2.7.2'],
    ['23.5', 'between pfSense 2.7.2 and 2.8'],
    ['23.9', 'pfSense 2.8'],
    ['24.0', 'pfSense 2.8'],
    ['24.5', 'newer than pfSense 2.8'],
    ['99', 'newer than pfSense 2.8'],
    ['', 'an unknown release'],
    ['2.7.2', 'an unknown release'],
  ];
  for (const [text, release] of told) assert.equal(releaseOf(versionOf(text)), release, text);
});

test('version: releases as data', () => {
  assert.deepEqual(releasesOf(versionOf('23.3')), { kind: 'known', releases: ['2.7.1', '2.7.2'] });
  assert.deepEqual(releasesOf(versionOf('23.4')), { kind: 'between', after: '2.7.2', before: '2.8' });
  assert.equal(releasesOf(versionOf('x')), undefined);
});

test('version: how text is written and read', () => {
  const forms: readonly (readonly [string, string, string])[] = [
    ['19.1', 'html-php7', 'html'],
    ['22.2', 'html-php7', 'html'],
    ['22.9', 'html-php8', 'html'],
    ['24.4', 'html-php8', 'html'],
    ['24.5', 'xml', 'xml'],
    ['', 'html-php8', 'html'],
  ];
  for (const [text, form, entities] of forms) {
    const version = versionOf(text);
    assert.deepEqual([version.form, version.entities], [form, entities], text);
  }
});
