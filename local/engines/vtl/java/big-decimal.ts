import { NumberObject } from '../../jsonpath/json-model';

const BITS = new DataView(new ArrayBuffer(8));

/** Java's BigDecimal, as far as Velocity's arithmetic reaches: an integer and the number of its decimal places. */
export class BigDecimal extends NumberObject {
  /** Reads a decimal literal; every place of it counts. */
  static parse(text: string): BigDecimal {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
    if (!match || (match[2] === '' && !match[3])) throw new RangeError(`"${text}" is not a number`);
    const [, sign, whole, fraction = '', exponent = '0'] = match;
    return new BigDecimal(BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), fraction.length - Number(exponent));
  }

  /** The value a double holds exactly, which is rarely the one it prints. */
  static fromDouble(value: number): BigDecimal {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no decimal value`);
    BITS.setFloat64(0, value);
    const bits = BITS.getBigUint64(0);
    const exponentBits = Number(BigInt.asUintN(11, bits / 2n ** 52n));
    const fraction = BigInt.asUintN(52, bits);
    let significand = exponentBits === 0 ? fraction : fraction + 2n ** 52n;
    let exponent = (exponentBits === 0 ? 1 : exponentBits) - 1075;
    if (significand === 0n) return new BigDecimal(0n, 0);
    while (significand % 2n === 0n && exponent < 0) {
      significand /= 2n;
      exponent++;
    }
    if (value < 0) significand = -significand;
    return exponent >= 0 ? new BigDecimal(significand * 2n ** BigInt(exponent), 0) : new BigDecimal(significand * 5n ** BigInt(-exponent), -exponent);
  }

  constructor(readonly unscaled: bigint, readonly scale: number) {
    super();
    if (Math.abs(scale) > 10_000) throw new RangeError('A decimal number has too many places');
  }

  add(other: BigDecimal): BigDecimal {
    const scale = Math.max(this.scale, other.scale);
    return new BigDecimal(this.unscaledAt(scale) + other.unscaledAt(scale), scale);
  }

  subtract(other: BigDecimal): BigDecimal {
    const scale = Math.max(this.scale, other.scale);
    return new BigDecimal(this.unscaledAt(scale) - other.unscaledAt(scale), scale);
  }

  multiply(other: BigDecimal): BigDecimal {
    return new BigDecimal(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  /** Keeps as many places as the dividend has; a remainder of exactly one half is dropped. */
  divide(other: BigDecimal): BigDecimal {
    const shift = other.scale;
    const dividend = shift >= 0 ? this.unscaled * 10n ** BigInt(shift) : this.unscaled;
    const divisor = shift >= 0 ? other.unscaled : other.unscaled * 10n ** BigInt(-shift);
    const quotient = dividend / divisor;
    const remainder = dividend % divisor;
    const roundsUp = absolute(remainder) * 2n > absolute(divisor);
    const away = (dividend < 0n) === (divisor < 0n) ? 1n : -1n;
    return new BigDecimal(roundsUp ? quotient + away : quotient, this.scale);
  }

  compareTo(other: BigDecimal): -1 | 0 | 1 {
    const scale = Math.max(this.scale, other.scale);
    const [left, right] = [this.unscaledAt(scale), other.unscaledAt(scale)];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  toBigInt(): bigint {
    return this.scale <= 0 ? this.unscaledAt(0) : this.unscaled / 10n ** BigInt(this.scale);
  }

  override valueOf(): number {
    return Number(this.toString());
  }

  override toString(): string {
    const sign = this.unscaled < 0n ? '-' : '';
    const digits = absolute(this.unscaled).toString();
    if (this.scale === 0) return sign + digits;
    const exponent = digits.length - 1 - this.scale;
    if (this.scale > 0 && exponent >= -6) {
      const padded = digits.padStart(this.scale + 1, '0');
      return `${sign}${padded.slice(0, -this.scale)}.${padded.slice(-this.scale)}`;
    }
    const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    return `${sign}${mantissa}${exponent === 0 ? '' : `E${exponent > 0 ? '+' : ''}${exponent}`}`;
  }

  private unscaledAt(scale: number): bigint {
    return scale >= this.scale ? this.unscaled * 10n ** BigInt(scale - this.scale) : this.unscaled / 10n ** BigInt(this.scale - scale);
  }
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}
