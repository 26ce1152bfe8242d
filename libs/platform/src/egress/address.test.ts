import { describe, expect, test } from 'vitest'
import { isPublicAddress } from './address.ts'
import { targetOf } from './target.ts'

/** All ways to write an address that is not on the public Internet, as the host of a URL. */
const FORBIDDEN_HOSTS = [
  // Loopback in every notation that URL parsers and C libraries know.
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.0x0.0x0.0x1',
  '0x7F.1',
  '017700000001',
  '0177.0.0.1',
  '0177.0.0.01',
  '00000177.0.0.1',
  '127.0.0.1.',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  '0.0.0.1',
  '0x0',
  // Private, shared, link-local, documentation, benchmarking, multicast, reserved, broadcast.
  '10.0.0.1',
  '10.255.255.255',
  '167772161',
  '0xa000001',
  '012.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.1',
  '3232235521',
  '100.64.0.1',
  '100.100.100.200',
  '100.127.255.255',
  '169.254.0.1',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '169.16689662',
  '192.0.0.1',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '4294967295',
  '168.63.129.16',
  '0xa83f8110',
  // IPv6.
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:7f00:1]',
  '[::FFFF:10.0.0.1]',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[::ffff:168.63.129.16]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::8.8.8.8]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2002:a9fe:a9fe::1]',
  '[2001::1]',
  '[2001:0:7f00:1::]',
  '[2001:db8::1]',
  '[2001:2::1]',
  '[2001:10::1]',
  '[2001:20::1]',
  '[3fff::1]',
  '[5f00::1]',
  '[100::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fd12:3456:789a::1]',
  '[fe80::1]',
  '[fe80::a9fe:a9fe]',
  '[febf::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[ff05::1:3]',
  '[4000::1]',
]

describe('a request to an address that is not public', () => {
  test.each(FORBIDDEN_HOSTS)('is refused: %s', (host) => {
    expect(() => targetOf(`http://${host}/`, new Set())).toThrow(
      expect.objectContaining({ code: 'egress.forbidden-address' }),
    )
  })
})

test.each([
  'http://',
  'http://[fe80::1%25eth0]/',
  'http://1.2.3.4.5/',
  'http://0x7f.0.0.1.1/',
  'http://256.256.256.256/',
  'http://exa mple.com/',
  'http://user:secret@example.com/',
  'http://user@example.com/',
  'https://:secret@example.com/',
  'example.com',
  '//example.com/',
  '',
  'file:///etc/passwd',
  'ftp://example.com/',
  'gopher://example.com/',
  'unix:/var/run/docker.sock',
  'http+unix://%2Fvar%2Frun%2Fdocker.sock/',
  'data:text/plain,hello',
  'javascript:alert(1)',
  'blob:https://example.com/1',
  'ws://example.com/',
])('is no URL to ask: %j', (url) => {
  expect(() => targetOf(url, new Set())).toThrow(
    expect.objectContaining({ code: 'egress.invalid-url' }),
  )
})

test.each(['22', '25', '81', '3306', '5432', '6379', '9200', '10250', '65535'])(
  'refuses port %s',
  (port) => {
    expect(() => targetOf(`http://example.com:${port}/`, new Set())).toThrow(
      expect.objectContaining({ code: 'egress.forbidden-port' }),
    )
  },
)

test.each([
  'http://example.com/',
  'https://example.com/a?b#c',
  'http://example.com:8080/',
  'https://example.com:8443/',
  'http://8.8.8.8/',
  'http://[2606:4700:4700::1111]/',
])('may be asked: %s', (url) => {
  expect(targetOf(url, new Set())).toMatchObject({ trusted: false })
})

test('the operator can vouch for one port of one host, and for no other', () => {
  const allow = new Set(['127.0.0.1:9000', '[::1]:80', 'db.internal:5432'])

  expect(targetOf('http://127.0.0.1:9000/', allow).trusted).toBe(true)
  expect(targetOf('http://0x7f.1:9000/', allow).trusted).toBe(true)
  expect(targetOf('http://[0:0:0:0:0:0:0:1]/', allow).trusted).toBe(true)
  expect(targetOf('http://DB.internal:5432/', allow).trusted).toBe(true)
  expect(() => targetOf('http://127.0.0.1:8080/', allow)).toThrow()
  expect(() => targetOf('http://127.0.0.2:9000/', allow)).toThrow()
})

test('what is not an address is not a public one', () => {
  expect(isPublicAddress('example.com')).toBe(false)
  expect(isPublicAddress('')).toBe(false)
  expect(isPublicAddress('fe80::1%eth0')).toBe(false)
})
