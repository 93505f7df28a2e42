/** A server that is killed while it writes: what it had answered is there, and every figure is right. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/domain/clock.ts'
import { openSqliteStore } from '../../src/stores/sqlite.ts'

test('a kill at any moment loses nothing that was answered, again and again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hatchery-kill-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'hatchery.db')
  for (let round = 0; round < 5; round += 1) {
    const answered = await killedWhileWriting(file, round)
    expect(answered.length).toBeGreaterThan(0)
    await expectAnswered(file, answered)
    expectFiguresRight(file)
  }
})

/** Lines of what was answered, up to a kill at a random moment after the first. */
async function killedWhileWriting(file: string, round: number): Promise<string[]> {
  const program = join(import.meta.dirname, 'write-until-killed.ts')
  const child = spawn(process.execPath, ['--no-warnings', program, file, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const closed = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), closed])
  await pause(Math.random() * 250)
  child.kill('SIGKILL')
  await closed
  return output.split('\n').slice(0, -1)
}

const lifeInOrder = ['starting', 'running', 'stopped']

async function expectAnswered(file: string, answered: readonly string[]): Promise<void> {
  const store = await openSqliteStore({ file, clock: systemClock })
  for (const line of answered) {
    const [processId = '', status = ''] = line.split(' ')
    const found = await store.findProcessById(processId)
    expect(lifeInOrder.indexOf(found?.status ?? '')).toBeGreaterThanOrEqual(
      lifeInOrder.indexOf(status),
    )
  }
  await store.close()
}

function expectFiguresRight(file: string): void {
  const db = new DatabaseSync(file, { readOnly: true })
  const all = (sql: string) => db.prepare(sql).all()
  const unfinished = "status not in ('stopped', 'failed')"
  for (const [span, ms] of [
    [1, 3_600_000],
    [24, 86_400_000],
    [768, 2_764_800_000],
  ]) {
    expect(
      all(
        `select start, status, region, n from process_counters where span = ${span} order by 1, 2, 3`,
      ),
    ).toEqual(
      all(
        `select created_at / ${ms} as start, status, region, count(*) as n from processes group by 1, 2, 3 order by 1, 2, 3`,
      ),
    )
  }
  expect(
    all('select status, region, n from process_counters where span = 0 order by 1, 2'),
  ).toEqual(all('select status, region, count(*) as n from processes group by 1, 2 order by 1, 2'))
  expect(
    all('select process_id, port from port_leases where process_id is not null order by 1'),
  ).toEqual(
    all(
      `select process_id, json_extract(ports, '$[0].port') as port from processes where ${unfinished} and scheduled_at is not null order by 1`,
    ),
  )
  expect(all('select leased from node_ports')).toEqual(
    all(
      'select count(*) as leased from port_leases where process_id is not null and port between 20000 and 20999',
    ),
  )
  expect(all('select cpu from organization_loads')).toEqual(
    all(`select cast(sum(round(cpu * 100)) as integer) as cpu from processes where ${unfinished}`),
  )
  expect(all('select sum(cpu) as cpu, sum(memory) as memory from usage')).toEqual(
    all(
      `select cast(sum(round(cpu * 100) * (terminated_at - scheduled_at)) as integer) as cpu,
        cast(sum(memory_mb * (terminated_at - scheduled_at)) as integer) as memory
       from processes where terminated_at is not null`,
    ),
  )
  expect(all("select count(*) as n from events where kind = 'process'")).toEqual(
    all('select sum(version) as n from processes'),
  )
  db.close()
}
