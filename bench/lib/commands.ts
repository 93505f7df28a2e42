/** Programs of the machine. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Skip } from './row.ts'

/** Undefined where the machine has none. */
export function commandPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

/** Rejects the row where the machine has none. */
export function requiredCommand(name: string): string {
  const path = commandPath(name)
  if (path === undefined) throw new Skip(`there is no ${name} on this machine`)
  return path
}

export function requireRoot(): void {
  if (process.getuid?.() !== 0)
    throw new Skip('only root can give games users and mounts of their own')
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
