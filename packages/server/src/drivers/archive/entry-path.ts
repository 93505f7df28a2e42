/** The path of an archive's entry below the folder it is unpacked to. */
import { entryRefusal } from './refusal.ts'

/** Without `.` and doubled or trailing slashes; empty for the folder itself. Refuses what leads out of it. */
export function entryPath(name: string, mostDepth: number): string {
  return partsBelow(name, name, mostDepth).join('/')
}

/** The same for what the hard link `name` leads to. */
export function hardLinkTarget(name: string, target: string, mostDepth: number): string {
  return partsBelow(name, target, mostDepth).join('/')
}

/** What Linux allows, less the folder above. */
const longestPath = 3_500
const longestName = 255

function partsBelow(name: string, path: string, mostDepth: number): string[] {
  if (path.includes('\0')) throw entryRefusal(name, 'has a NUL in its name, which is not allowed')
  if (Buffer.byteLength(path) > longestPath)
    throw entryRefusal(name, `is longer than ${longestPath} bytes`)
  if (path.startsWith('/'))
    throw entryRefusal(
      name,
      'leaves the archive: its path is absolute; paths must be below the packed folder',
    )
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..'))
    throw entryRefusal(name, 'leaves the archive: ".." is not allowed in a path')
  if (parts.some((part) => Buffer.byteLength(part) > longestName)) {
    throw entryRefusal(name, `has a name of more than ${longestName} bytes`)
  }
  if (parts.length <= mostDepth) return parts
  throw entryRefusal(name, `is ${parts.length} folders deep; at most ${mostDepth} are allowed`)
}
