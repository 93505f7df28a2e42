/** Organizations and people, at the command line: an admin invites, a person joins, an operator makes organizations. */
import { expect, test } from 'vitest'
import { type Online, jsonOf, online } from './support/online.ts'
import { run } from './support/program.ts'

const ada = 'ada@games.example'

/** Runs the program with another token. */
const runWith = ({ cwd, env }: Online, token: string, ...args: string[]) =>
  run({ cwd }, args, { ...env, HATCHERY_TOKEN: token })

const tokenIn = (link: string): string => link.trim().split('#')[1] ?? ''

test('a person is invited, joins with the link, gets another role and is removed', async () => {
  const place = await online()
  const { run: hatchery } = place
  const made = await hatchery('invite', 'create', 'Ada@games.example')
  expect(made).toMatchObject({ code: 0, stdout: '' })
  expect(made.stderr).toContain('invited ada@games.example as member\n')
  expect(made.stderr).toContain('hatchery invite link')
  const again = await hatchery('invite', 'create', ada)
  expect(again.code).toBe(2)
  expect(again.stderr).toContain('is invited already')
  expect((await hatchery('invite', 'list', '--columns', 'invited,role')).stdout).toBe(
    `${ada}\tmember\n`,
  )

  const link = await hatchery('invite', 'link', ada, '-q')
  expect(link.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invite#hathora_org_st_\w+\n$/)
  const asAda = (...args: string[]) => runWith(place, tokenIn(link.stdout), ...args)
  expect((await asAda('invite', 'list', '--mine', '--columns', 'role')).stdout).toBe('member\n')
  const joined = await asAda('invite', 'accept')
  expect(joined).toMatchObject({ code: 0, stdout: '' })
  expect(joined.stderr).toMatch(/^you are in org-[0-9a-f-]+ now, as member\n$/)
  expect((await asAda('whoami')).stdout).toContain(`person\t${ada}\n`)
  expect((await asAda('invite', 'accept')).code).toBe(3)

  expect((await asAda('app', 'create', 'arena')).code).toBe(0)
  expect((await hatchery('member', 'set', ada)).code).toBe(2)
  expect((await hatchery('member', 'set', ada, '--role', 'viewer')).stderr).toBe(
    `${ada} is viewer now\n`,
  )
  expect((await asAda('app', 'create', 'second')).code).toBe(4)
  expect((await asAda('app', 'list', '--columns', 'name')).stdout).toBe('arena\n')
  expect(jsonOf(await hatchery('member', 'list', '--json'))).toMatchObject([
    { userEmail: ada, scopes: 'viewer' },
  ])
  expect((await hatchery('member', 'remove', ada)).code).toBe(2)
  expect((await hatchery('member', 'remove', ada, '--yes')).stderr).toBe(`removed ${ada}\n`)
  expect((await asAda('whoami')).code).toBe(4)
  const nobody = await hatchery('member', 'remove', ada, '--yes')
  expect(nobody.code).toBe(3)
  expect(nobody.stderr).toContain('try:   hatchery member list')
})

test('an invite is taken back, or rejected', async () => {
  const place = await online()
  const { run: hatchery } = place
  await hatchery('invite', 'create', ada, '--scopes', 'builds:read,processes:read')
  expect((await hatchery('invite', 'list', '--columns', 'role')).stdout).toBe(
    'builds:read processes:read\n',
  )
  expect((await hatchery('invite', 'rescind', ada)).code).toBe(0)
  expect((await hatchery('invite', 'rescind', ada)).code).toBe(3)
  await hatchery('invite', 'create', ada, '--role', 'admin')
  const { stdout } = await hatchery('invite', 'link', ada, '-q')
  expect((await runWith(place, tokenIn(stdout), 'invite', 'reject')).code).toBe(0)
  expect((await hatchery('invite', 'list')).stdout).toBe('')
  const both = await hatchery('invite', 'create', ada, '--role', 'admin', '--scopes', 'builds:read')
  expect(both.code).toBe(2)
  expect((await hatchery('invite', 'create', ada, '--scopes', 'all')).code).toBe(2)
})

test('an operator makes an organization and limits it; its admin may not', async () => {
  const place = await online()
  const { run: hatchery } = place
  const made = await hatchery('org', 'create', 'Studio Two', '-q')
  expect(made.stdout).toMatch(/^hathora_org_st_\w+\n$/)
  const update = ['org', 'update', 'Studio Two'] as const
  expect((await hatchery(...update, '--cpus', '16', '--cpu-hours', '0.5')).code).toBe(0)
  expect((await hatchery('org', 'list', '--columns', 'name,cpus,cpu-hours')).stdout).toBe(
    'default\t\t\nStudio Two\t16\t0.5\n',
  )
  expect((await hatchery(...update, '--cpus', 'none', '--name', 'Two')).stderr).toBe(
    'changed Two\n',
  )
  expect((await hatchery('org', 'update', 'Two')).code).toBe(2)
  expect((await hatchery('org', 'update', 'Two', '--cpus', 'many')).code).toBe(2)
  const refused = await runWith(place, made.stdout.trim(), 'org', 'list')
  expect(refused.code).toBe(4)
  expect(refused.stderr).toContain("is no operator's")
})
