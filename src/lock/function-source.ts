// The source text of a site's function as an expression that can stand anywhere.

const NATIVE = /\{\s*\[native code\]\s*\}\s*$/
const EXPRESSION =
  /^(?:(?:async\s+)?function\b|class\b|(?:async\s*)?\(|(?:async\s+)?[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=>)/u
const METHOD = /^(?<prefix>async\s+)?(?<star>\*\s*)?(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|'[^']*'|"[^"]*")\s*(?=\()/u

/**
 * Null for a function without source, such as a bound one, and for a method with a computed name.
 * A method becomes a function expression, since `check(value) { … }` is none by itself.
 */
export function functionSource(value: object): string | null {
  const source = Function.prototype.toString.call(value)
  if (NATIVE.test(source)) return null
  if (EXPRESSION.test(source)) return source
  const method = METHOD.exec(source)
  if (!method) return null
  const { prefix = '', star = '' } = method.groups ?? {}
  return `${prefix}function${star.trim()} ${source.slice(method[0].length)}`
}
