/** Which processes to give up so that new ones find the space that they need. Pure. */
import type { Process } from './process.ts'

/** What processes take, or what is free for more. `Infinity`: it is not limited. */
export interface Space {
  readonly cpu: number
  readonly memoryMb: number
  /** How many processes, whatever they request. */
  readonly places: number
}

/** Where new ones could go. */
export interface Spot {
  /** Null: it is not one machine, and every process takes of it. */
  readonly nodeId: string | null
  readonly free: Space
}

export interface RoomWanted {
  /** For how many new ones. */
  readonly count: number
  /** What each of them needs. */
  readonly needs: Space
  readonly spots: readonly Spot[]
  /** Those that go anyway: their space is not asked for twice. */
  readonly leaving: readonly Process[]
  /** Those that may go, the first one first. */
  readonly candidates: readonly Process[]
}

/** The fewest that make room, for as many new ones as they can; none goes where that is not enough for one more. */
export function makingRoom({ count, needs, spots, leaving, candidates }: RoomWanted): Process[] {
  const going: Process[] = []
  let offers = spots.map((spot) => ({
    ...spot,
    free: leaving.filter((one) => isOn(one, spot)).reduce(without, spot.free),
  }))
  for (let made = 0; made < count; made += 1) {
    const left = candidates.filter((one) => !going.includes(one))
    const [best] = offers.flatMap((spot) => offerOf(spot, needs, left) ?? []).toSorted(fewestFirst)
    if (best === undefined) return going
    going.push(...best.going)
    offers = offers.map((spot) => (spot === best.spot ? { ...spot, free: best.free } : spot))
  }
  return going
}

interface Offer {
  readonly spot: Spot
  readonly going: readonly Process[]
  /** What is free once they are gone and the new one is there. */
  readonly free: Space
}

function offerOf(spot: Spot, needs: Space, candidates: readonly Process[]): Offer | undefined {
  const going: Process[] = []
  let { free } = spot
  for (const process of candidates.filter((one) => isOn(one, spot))) {
    if (holds(free, needs)) break
    going.push(process)
    free = without(free, process)
  }
  return holds(free, needs) ? { spot, going, free: less(free, needs) } : undefined
}

const roomsOf = ({ going }: Offer): number =>
  going.reduce((sum, { roomsAllocated }) => sum + roomsAllocated, 0)

const fewestFirst = (a: Offer, b: Offer): number =>
  roomsOf(a) - roomsOf(b) || a.going.length - b.going.length

const isOn = ({ nodeId }: Process, spot: Spot): boolean =>
  spot.nodeId === null || spot.nodeId === nodeId

const without = (free: Space, { cpu, memoryMb }: Process): Space =>
  less(free, { cpu: -cpu, memoryMb: -memoryMb, places: -1 })

const less = (free: Space, taken: Space): Space => ({
  cpu: free.cpu - taken.cpu,
  memoryMb: free.memoryMb - taken.memoryMb,
  places: free.places - taken.places,
})

/** Sums of fractions of a core are not exact. */
const tolerance = 0.001

const holds = (free: Space, needs: Space): boolean =>
  free.cpu + tolerance >= needs.cpu &&
  free.memoryMb + tolerance >= needs.memoryMb &&
  free.places >= needs.places
