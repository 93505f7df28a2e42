/** Ends what a data folder of the bench has left running: games outlive their server, and must not outlive the bench. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export interface RunningGame {
  readonly pid: number
  /** Field 22 of its stat file: with the pid it names one process for ever. */
  readonly startTime: string
}

/** The games of a data folder whose program is alive. */
export function runningGames(data: string): RunningGame[] {
  return namesIn(join(data, 'run')).flatMap((name) => {
    const [pid, startTime] = (textOf(join(data, 'run', name, 'pid')) ?? '').trim().split(' ')
    const game = { pid: Number(pid), startTime: startTime ?? '' }
    return isAlive(game) ? [game] : []
  })
}

/** At once and without waiting, for when the bench breaks off: those of every data folder below a row's folder. */
export function killGamesBelow(folder: string): void {
  const folders = [folder, ...namesIn(folder).map((name) => join(folder, name))]
  for (const each of folders) {
    for (const { pid } of runningGames(join(each, 'data'))) killIfThere(pid)
  }
}

export async function endGames(data: string): Promise<void> {
  for (;;) {
    const games = runningGames(data)
    if (games.length === 0) return
    for (const { pid } of games) killIfThere(pid)
    await sleep(20)
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended between the look and the signal.
  }
}

export const isAlive = ({ pid, startTime }: RunningGame): boolean =>
  startTime !== '' && startTimeOf(pid) === startTime

/** Undefined when there is no such process. */
function startTimeOf(pid: number): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
