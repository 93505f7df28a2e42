/** What this machine lets the local driver do, found by trying it. */
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CgroupParent, enforcesLimits, openCgroups } from './cgroup.ts'
import { nft } from './launcher/nftables.ts'
import { type Slot, makeSlot, problemOf } from './launcher/slots.ts'
import { readSmall } from '../linux/process-stat.ts'
import { type Stage, type StarterKind, ordersFor, stageFolder, systemCalls } from './shim.ts'

export interface Capabilities {
  readonly root: boolean
  readonly stage: Stage
  readonly cgroups: readonly CgroupParent[]
  /** Whether CPU and memory requests are limits here. */
  readonly limits: 'enforced' | 'counted'
  /** Whether the kernel can tell at once who listens on a TCP port; else we look again and again. */
  readonly tracing: boolean
  /** Whether UDP players and bytes can be counted, with nftables. */
  readonly packetFilter: boolean
  /** What did not work on the way to this stage, for `doctor`: each a sentence. */
  readonly problems: readonly string[]
}

export interface CapabilityOptions {
  /** Where trials are made: the file system decides whether it can carry an overlay. */
  readonly runsFolder: string
  /** A user id that games may get. */
  readonly uid: number
  /** Ways to start a program, in the order of trying. */
  readonly starters?: readonly StarterKind[]
}

/** Tries the best way first. Takes 10 to 50 ms. Throws when not even a plain shell works. */
export async function detectCapabilities(options: CapabilityOptions): Promise<Capabilities> {
  mkdirSync(options.runsFolder, { recursive: true, mode: 0o700 })
  const cgroups = openCgroups()
  const root = process.getuid?.() === 0
  const found = {
    root,
    cgroups,
    limits: enforcesLimits(cgroups) ? 'enforced' : 'counted',
    tracing: root && existsSync('/sys/kernel/tracing'),
    packetFilter: root && (await nft(['list', 'tables'])) !== undefined,
  } as const
  const problems: string[] = []
  for (const stage of candidates(options.starters ?? ['perl', 'sh'])) {
    // Twice, because a machine may be out of breath for a moment, and a worse stage is for as long as we run.
    const problem = (await tryStage(stage, options)) && (await tryStage(stage, options))
    if (problem === undefined) return { ...found, stage, problems }
    problems.push(`${nameOf(stage)}: ${problem}`)
  }
  throw new Error(`no process can be started on this machine: ${problems.join('; ')}`)
}

function candidates(wanted: readonly StarterKind[]): Stage[] {
  const starters = wanted.filter((starter) => starter === 'sh' || systemCalls() !== undefined)
  const isRoot = process.getuid?.() === 0
  return [
    ...(isRoot ? starters.map((starter) => ({ starter, isolated: true, overlay: true })) : []),
    ...(isRoot ? starters.map((starter) => ({ starter, isolated: true, overlay: false })) : []),
    ...starters.map((starter) => ({ starter, isolated: false, overlay: false })),
  ]
}

const nameOf = ({ starter, isolated, overlay }: Stage): string => {
  const what = overlay ? 'own user, mounts and overlay' : 'own user and mounts'
  return `${isolated ? what : 'our user, no mounts'} with ${starter}`
}

/** Runs a program that looks around; undefined when all was as it should be, else what was not. */
async function tryStage(
  stage: Stage,
  { runsFolder, uid }: CapabilityOptions,
): Promise<string | undefined> {
  let slot: Slot | undefined
  try {
    if (stage.isolated) setStage()
    slot = makeSlot({ runsFolder, cgroupParents: [], stage })
    // Slots do not keep a program alive; here we wait for one.
    slot.shim.ref()
    furnish(slot.folder, stage, uid)
    const view = stage.isolated ? stageFolder : slot.folder
    slot.control.end(
      ordersFor(stage.starter, {
        uid: stage.isolated ? uid : null,
        overlayOver: stage.overlay ? join(slot.folder, 'tmp') : null,
        log: join(slot.folder, 'log'),
        folder: join(view, 'work'),
        command: stage.isolated ? isolatedTrial : ': >written',
        env: { PATH: '/usr/bin:/bin', WANTED: String(uid) },
      }),
    )
    await slot.gone
    return verdict(slot)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    if (slot !== undefined) rmSync(slot.folder, { recursive: true, force: true })
  }
}

const isolatedTrial = `[ "$(id -u)" = "$WANTED" ] && [ -x ${stageFolder}/node ] && : >written && : >${stageFolder}/home/written`

/** Empty folders and a file for namespaces to mount over. */
function setStage(): void {
  for (const part of ['', 'work', 'home', 'tmp']) {
    mkdirSync(join(stageFolder, part), { recursive: true })
    // Whatever our umask says: games must get through.
    chmodSync(join(stageFolder, part), 0o755)
  }
  writeFileSync(join(stageFolder, 'node'), '', { flag: 'a', mode: 0o644 })
}

function furnish(folder: string, { isolated, overlay }: Stage, uid: number): void {
  if (!overlay) mkdirSync(join(folder, 'work'))
  if (!isolated) return
  for (const part of [overlay ? 'upper' : 'work', 'home']) chownSync(join(folder, part), uid, uid)
}

function verdict(slot: Slot): string | undefined {
  const exit = readSmall(join(slot.folder, 'exit'))?.trim()
  if (exit === '0') return undefined
  const log = (readSmall(join(slot.folder, 'log')) ?? '').trim()
  const said = [problemOf(slot), log].filter(Boolean)
  return said.join('; ') || `the trial ended with ${exit ?? 'nothing'}`
}
