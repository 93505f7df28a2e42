/** Machines and regions as the settings write them: texts of a few words, so that flags and variables can have them too. */
import type { Settings } from './schema.ts'

/** A part of this machine with ports and capacity of its own. */
export interface NodeSettings {
  readonly name: string
  readonly host: string | undefined
  readonly ports: { readonly from: number; readonly to: number }
  readonly cpu: number | undefined
  readonly memoryMb: number | undefined
  /** By name or id. */
  readonly fleet: string | undefined
}

const name = '[A-Za-z0-9_-]{1,64}'
const word =
  '(?: (?:ports=[0-9]{4,5}-[0-9]{4,5}|cpu=[0-9]{1,6}|memory-mb=[0-9]{1,9}|host=[A-Za-z0-9_.:-]{1,255}|fleet=[A-Za-z0-9_-]{1,64}))'

/** `lab-1 ports=20000-20999 cpu=8 memory-mb=16384 host=10.0.0.5 fleet=ranked`; all words but the name may be left out. */
export const nodePattern = `^${name}${word}*$`

/** `Tokyo=lab-1`. */
export const regionNodePattern = `^${name}=${name}$`

/** `Seattle>Chicago`. */
export const spilloverPattern = `^${name}>${name}$`

export function readNode(text: string, { ports }: Pick<Settings, 'ports'>): NodeSettings {
  const [first = '', ...words] = text.split(' ')
  const values = new Map(words.map((one) => one.split('=') as [string, string]))
  const number = (key: string): number | undefined =>
    values.has(key) ? Number(values.get(key)) : undefined
  const [from, to] = values.get('ports')?.split('-').map(Number) ?? []
  return {
    name: first,
    host: values.get('host'),
    ports: { from: from ?? ports.from, to: to ?? ports.to },
    cpu: number('cpu'),
    memoryMb: number('memory-mb'),
    fleet: values.get('fleet'),
  }
}

/** The two sides of `a=b` or `a>b`. */
export function readPair(text: string): readonly [string, string] {
  const [left = '', right = ''] = text.split(/[=>]/)
  return [left, right]
}

/** What is wrong with machines and regions together; undefined when nothing is. */
export function nodesProblem(settings: Settings): string | undefined {
  const nodes = settings.nodes.map((text) => readNode(text, settings))
  return (
    twice(nodes) ?? overlapping(nodes) ?? unknownNode(settings, nodes) ?? unknownRegion(settings)
  )
}

function twice(nodes: readonly NodeSettings[]): string | undefined {
  const again = nodes.find(({ name: one }, at) => nodes.findIndex((node) => node.name === one) < at)
  return again && `nodes must have different names; got "${again.name}" twice`
}

function overlapping(nodes: readonly NodeSettings[]): string | undefined {
  for (const [at, { name: one, ports }] of nodes.entries()) {
    if (ports.from < 1_024 || ports.to > 65_535 || ports.from > ports.to)
      return `nodes: the ports of "${one}" must go up within 1024 to 65535; got ${ports.from}-${ports.to}`
    const other = nodes
      .slice(0, at)
      .find((node) => node.ports.from <= ports.to && ports.from <= node.ports.to)
    if (other !== undefined)
      return `nodes: "${one}" and "${other.name}" are one machine, so their ports must not overlap`
  }
  return undefined
}

function unknownNode(
  { regionNodes, regions }: Settings,
  nodes: readonly NodeSettings[],
): string | undefined {
  const names = nodes.length === 0 ? ['local'] : nodes.map((node) => node.name)
  for (const [region, node] of regionNodes.map(readPair)) {
    if (!regions.includes(region))
      return `regionNodes names the region "${region}", which is not in regions`
    if (!names.includes(node))
      return `regionNodes names the node "${node}"; nodes has ${names.join(', ')}`
  }
  return undefined
}

function unknownRegion({ spillover, regions }: Settings): string | undefined {
  for (const [from, to] of spillover.map(readPair)) {
    const unknown = [from, to].find((region) => !regions.includes(region))
    if (unknown !== undefined)
      return `spillover names the region "${unknown}", which is not in regions`
    if (from === to) return `spillover must lead to another region; got "${from}>${to}"`
  }
  return undefined
}
