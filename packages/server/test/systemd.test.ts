/** The unit for systemd: what games need to outlive the server, and a command line that this server takes. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { aFolder } from './support/start-hatchery.ts'

const root = join(import.meta.dirname, '../../..')
const unit = readFileSync(join(root, 'examples/systemd/hatchery.service'), 'utf8')

/** `Section.Key` to value; a comment is a line of its own. */
const settings = new Map<string, string>()
let section = ''
for (const line of unit.split('\n')) {
  const [, name] = /^\[(\w+)\]$/.exec(line) ?? []
  const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? []
  if (name !== undefined) section = name
  else if (key !== undefined) settings.set(`${section}.${key}`, value ?? '')
  else if (line !== '' && !line.startsWith('#')) throw new Error(`no line of a unit: ${line}`)
}

test('leaves games alone whatever becomes of the server', () => {
  expect(Object.fromEntries(settings)).toMatchObject({
    'Service.KillMode': 'process',
    'Service.OOMPolicy': 'continue',
    'Service.Delegate': 'yes',
    'Service.DelegateSubgroup': 'control',
    'Service.TasksMax': 'infinity',
    'Service.LimitNOFILE': '65536',
    'Service.Restart': 'always',
    'Install.WantedBy': 'multi-user.target',
  })
  const shutIn = ['PrivateTmp', 'ProtectSystem', 'ProtectHome', 'NoNewPrivileges', 'MemoryMax']
  expect(shutIn.filter((key) => settings.has(`Service.${key}`))).toEqual([])
})

test('starts programs of this repository, with settings that are taken, on the folder that systemd makes', () => {
  const [node = '', program = '', command, ...argv] =
    settings.get('Service.ExecStart')?.split(' ') ?? []
  for (const path of [node, program]) {
    expect(path.startsWith('/opt/hatchery/')).toBe(true)
    expect(existsSync(join(root, path.slice('/opt/hatchery/'.length))), path).toBe(true)
  }
  expect(command).toBe('serve')
  const config = readConfig({ argv, env: {}, cwd: aFolder(), isRoot: true })
  expect(config.data).toBe(`/var/lib/${settings.get('Service.StateDirectory')}`)
  expect(settings.get('Service.StateDirectoryMode')).toBe('0700')
})

test('is a unit in the eyes of systemd', ({ skip }) => {
  const file = join(aFolder(), 'hatchery.service')
  writeFileSync(file, unit.replaceAll('/opt/hatchery/', `${root}/`))
  const { error, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' })
  if (error !== undefined) skip('systemd-analyze is not installed')
  // What only newer versions of systemd know, an older one says so and goes on.
  const complaints = stderr.split('\n').filter((line) => line.includes(file))
  expect(complaints.filter((line) => !line.includes("'DelegateSubgroup'"))).toEqual([])
})
