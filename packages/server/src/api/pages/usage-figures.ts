/** How quantities and money are written on the page about usage. */
import type { PriceList } from '../../domain/price-list.ts'

export interface Figures {
  readonly hasPrices: boolean
  readonly currency: string
  /** With two digits, or four where it is less than one. */
  quantity(value: number): string
  money(amount: number): string
  /** With as many digits as it needs. */
  unitPrice(price: number): string
}

export function figuresOf({ currency, ...prices }: PriceList): Figures {
  const quantities = withDigits(2)
  const small = withDigits(4)
  const moneys = new Intl.NumberFormat('en', { style: 'currency', currency })
  const unitPrices = new Intl.NumberFormat('en', {
    ...{ style: 'currency', currency, maximumFractionDigits: 9 },
  })
  return {
    hasPrices: Object.values(prices).some((price) => price > 0),
    currency,
    quantity: (value) => (value > 0 && value < 1 ? small : quantities).format(value),
    money: (amount) => moneys.format(amount),
    unitPrice: (price) => unitPrices.format(price),
  }
}

const withDigits = (most: number): Intl.NumberFormat =>
  new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: most })
