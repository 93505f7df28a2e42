/** Puts an archive's files into a folder, one after the other: several at once were not faster on any disk tried. */
import { createHash } from 'node:crypto'
import { chmod, link, mkdir, open, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Paths are relative; the folder that a path is in must be there, and nothing at the path itself. */
export interface TreeWriter {
  folder(path: string): Promise<void>
  /** Answers the SHA-256 of the bytes, hexadecimal. */
  file(path: string, bytes: AsyncIterable<Buffer>, executable: boolean): Promise<string>
  hardLink(other: string, path: string): Promise<void>
  symbolicLink(target: string, path: string): Promise<void>
  /** Only of files. */
  remove(path: string): Promise<void>
}

/**
 * Games change what is theirs, so their own view of a build (an overlay or a copy) must let them. The build itself stays
 * as it is: nobody but us gets through to it, as the folder of all builds is closed.
 */
const folderMode = 0o777
const fileMode = 0o666
const programMode = 0o777

export function createTreeWriter(root: string): TreeWriter {
  const at = (path: string): string => join(root, path)
  return {
    async folder(path) {
      await mkdir(at(path))
      await chmod(at(path), folderMode)
    },
    async file(path, bytes, executable) {
      const hash = createHash('sha256')
      await using file = await open(at(path), 'wx')
      for await (const chunk of bytes) {
        hash.update(chunk)
        await file.writeFile(chunk)
      }
      await file.chmod(executable ? programMode : fileMode)
      return hash.digest('hex')
    },
    hardLink: (other, path) => link(at(other), at(path)),
    symbolicLink: (target, path) => symlink(target, at(path)),
    remove: (path) => rm(at(path)),
  }
}
