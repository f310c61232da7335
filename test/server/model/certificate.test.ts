import assert from 'node:assert/strict';
import test from 'node:test';
import { readCertificate } from '../../../server/src/model/certificate.ts';
import { formatTime } from '../../../server/src/model/epoch.ts';
import fc from '../../harness/fastCheck.ts';
import { makeCertificate } from '../../harness/selfSigned.ts';

function stored(pem: string): string {
  return Buffer.from(pem).toString('base64');
}

test('a certificate as pfSense stores it tells whom it is for, who has signed it, and until when', () => {
  const issuer = makeCertificate({ commonName: 'Example CA' });
  for (const end of ['2031-05-06T07:08:09Z', '2050-01-01T00:00:00Z', '2049-12-31T23:59:59Z']) {
    const validTo = new Date(end);
    const { cert } = makeCertificate({ commonName: 'fw-é.example.org', validTo, issuer });
    const facts = readCertificate(stored(cert));
    assert.equal(facts?.subject, 'fw-é.example.org');
    assert.equal(facts?.issuer, 'Example CA');
    assert.equal(facts && formatTime(facts.notAfter), formatTime(validTo.getTime()));
  }
});

test('what is no certificate is none, however it is broken', () => {
  const { cert, key } = makeCertificate();
  for (const text of ['', 'x', '====', stored(key), cert, stored('-----BEGIN CERTIFICATE-----\nAAAA\n-----END')]) {
    assert.equal(readCertificate(text), undefined);
  }
  const whole = stored(cert);
  fc.assert(
    fc.property(fc.nat(whole.length), fc.string({ maxLength: 4 }), (at, noise) => {
      const broken = whole.slice(0, at) + noise + whole.slice(at + noise.length);
      const facts = readCertificate(broken);
      assert.ok(facts === undefined || Number.isFinite(facts.notAfter));
      readCertificate(whole.slice(0, at));
    }),
  );
});
