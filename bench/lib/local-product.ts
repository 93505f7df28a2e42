/** The product with the local driver and the smallest game deployed, and nothing left when it goes. */
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { type Game, apiOf } from './api.ts'
import type { GameBuild } from './game-build.ts'
import { endGames } from './games-end.ts'
import { type Product, type ProductOptions, startProduct } from './product.ts'

export interface LocalProduct extends AsyncDisposable {
  readonly product: Product
  readonly game: Game
}

type Options = Omit<ProductOptions, 'driver' | 'data' | 'tellsChanges'> & {
  folder: string
  build: GameBuild
}

export async function openLocalProduct(options: Options): Promise<LocalProduct> {
  const { folder, build, ...others } = options
  const data = join(folder, 'data')
  const product = await startProduct({ data, driver: 'local', tellsChanges: true, ...others })
  chmodSync(folder, 0o755)
  const game = await deployOrStop(product, build)
  return {
    ...{ product, game },
    async [Symbol.asyncDispose]() {
      await endGames(data)
      await product.ask('settled')
      await product.stop()
    },
  }
}

/** Nobody could end a server whose caller was never given it. */
async function deployOrStop(product: Product, { folder }: GameBuild): Promise<Game> {
  try {
    return await apiOf(product.ready).deploy({ name: 'bench', folder })
  } catch (error) {
    await product.stop()
    throw error
  }
}
