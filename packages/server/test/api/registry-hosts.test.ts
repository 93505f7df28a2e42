/** Registries that callers may name. */
import { expect, test } from 'vitest'
import { createRegistryCheck } from '../../src/api/registry-hosts.ts'

const check = createRegistryCheck(['127.0.0.1:5000', 'Registry.lab'])

test.each([
  ...['localhost', '127.0.0.1', '127.0.0.1:5001', '0.0.0.0', '10.1.2.3:443', '172.17.0.1'],
  ...['192.168.1.1', '169.254.169.254', '100.64.0.1', '[::1]', '[::]:80', '[fd00::1]', '[fe80::1]'],
  ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '2130706433', '0x7f.1', '224.0.0.1'],
])('%s is refused, with its address and the setting', async (host) => {
  await expect(check(host)).rejects.toThrow(/no public address.*containers\.allowedRegistries/)
})

test.each(['127.0.0.1:5000', 'registry.lab', '8.8.8.8', '[2001:4860:4860::8888]:443'])(
  '%s is allowed',
  async (host) => {
    await expect(check(host)).resolves.toBeUndefined()
  },
)

test('a name without an address is refused', async () => {
  // Too long for a name: it is known without asking a server, which a machine of tests may not reach.
  const host = `${'x'.repeat(64)}.example`
  await expect(check(host)).rejects.toThrow(
    `the registry ${host} is not known: no address was found`,
  )
})
