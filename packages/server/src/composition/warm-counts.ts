/** How many warm runs the settings want for an application in a region: what names the application counts, else what names none. */
import type { Config } from '../config.ts'
import type { WarmCount } from '../domain/warm-runs.ts'

export function warmCounts({ containers }: Pick<Config, 'containers'>): WarmCount {
  const counts = new Map(containers.warmProcesses.map(readCount))
  return ({ appId, appName, region }) =>
    counts.get(`${region}/${appId}`) ??
    counts.get(`${region}/${appName}`) ??
    counts.get(region) ??
    0
}

function readCount(text: string): [string, number] {
  const at = text.lastIndexOf('=')
  return [text.slice(0, at), Number(text.slice(at + 1))]
}
