/**
 * Every sentence that a `ClsroomError` can be made of, read from the sources: what is written as its `what`, `expected` and
 * `advice`, followed through variables, tables, parameters and the returns of functions. The values of a template are {0}, {1}.
 */

import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

export interface Thrown {
  sentence: string
  /** File and line. */
  at: string
}

const TESTS = /\.test\.tsx?$|\/testing\//

/** @param folder of TypeScript sources; tests in it are left out */
export function thrownSentences(folder: string): Thrown[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !TESTS.test(`/${file}`))
    .map((file) => join(folder, file))
  const program = ts.createProgram(files, OPTIONS, ownHost())
  const checker = program.getTypeChecker()
  const sources = files.flatMap((file) => program.getSourceFile(file) ?? [])
  const calls = sources.flatMap(callsIn)
  const read = createReader(checker, calls)

  return calls
    .filter((call) => ts.isNewExpression(call) && call.expression.getText() === 'ClsroomError')
    .flatMap((call) => {
      const [, what, details] = call.arguments ?? []
      return [read(what), read(propertyOf(details, 'expected')), read(propertyOf(details, 'advice'))].flat()
    })
    .map(({ node, sentence }) => {
      const file = node.getSourceFile()
      return { sentence, at: `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}` }
    })
}

const OPTIONS: ts.CompilerOptions = { noLib: true, types: [], allowImportingTsExtensions: true, noEmit: true }

/** Reads the sources only: the names in libraries do not matter here, and take long. */
function ownHost(): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS)
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      if (!/^\..*\.tsx?$/.test(text)) return { resolvedModule: undefined }
      const extension = text.endsWith('x') ? ts.Extension.Tsx : ts.Extension.Ts
      return { resolvedModule: { resolvedFileName: join(dirname(from), text), extension } }
    })
  return host
}

interface Sentence {
  node: ts.Node
  sentence: string
}

type Call = ts.CallExpression | ts.NewExpression

function callsIn(node: ts.Node): Call[] {
  const own = ts.isCallExpression(node) || ts.isNewExpression(node) ? [node] : []
  const inside: Call[] = []
  ts.forEachChild(node, (child) => void inside.push(...callsIn(child)))
  return [...own, ...inside]
}

/** What reads the sentences that an expression can be. */
function createReader(checker: ts.TypeChecker, calls: readonly Call[]): (node: ts.Node | undefined) => Sentence[] {
  const under = new Set<ts.Node>()
  const byName = new Map<string, Call[]>()
  for (const call of calls) {
    const name = nameOf(call.expression).getText()
    const known = byName.get(name)
    if (known) known.push(call)
    else byName.set(name, [call])
  }

  function read(node: ts.Node | undefined): Sentence[] {
    if (!node || under.has(node)) return []
    under.add(node)
    const found = sentencesOf(node)
    under.delete(node)
    return found
  }

  function sentencesOf(node: ts.Node): Sentence[] {
    if (ts.isStringLiteralLike(node)) return [{ node, sentence: node.text }]
    if (ts.isTemplateExpression(node)) {
      const sentence = node.templateSpans.reduce(
        (text, { literal }, i) => `${text}{${i}}${literal.text}`,
        node.head.text,
      )
      return [{ node, sentence }, ...node.templateSpans.flatMap(phrasesIn)]
    }
    if (ts.isConditionalExpression(node)) return [...read(node.whenTrue), ...read(node.whenFalse)]
    if (ts.isBinaryExpression(node)) return [...read(node.left), ...read(node.right)]
    if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(read)
    if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(read)
    if (ts.isPropertyAssignment(node)) return read(node.initializer)
    if (ts.isElementAccessExpression(node)) return read(node.expression)
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return read(node.expression)
    if (ts.isCallExpression(node)) return declarationsOf(node.expression).flatMap(returnsOf).flatMap(read)
    if (ts.isShorthandPropertyAssignment(node)) {
      return (checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? []).flatMap(read)
    }
    if (ts.isIdentifier(node)) return declarationsOf(node).flatMap(read)
    if (ts.isVariableDeclaration(node)) return read(node.initializer)
    if (ts.isBindingElement(node)) return read(boundIn(node))
    if (ts.isParameter(node)) return [...read(node.initializer), ...argumentsFor(node).flatMap(read)]
    return []
  }

  /** What stands in a template is a name, to be left as it is, or a phrase: that has a space. */
  function phrasesIn({ expression }: ts.TemplateSpan): Sentence[] {
    return read(expression).filter(({ sentence }) => sentence.includes(' '))
  }

  function declarationsOf(node: ts.Node): readonly ts.Declaration[] {
    const symbol = checker.getSymbolAtLocation(nameOf(node))
    if (!symbol) return []
    const real = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return real.declarations ?? []
  }

  /** What every call in the sources gives for a parameter. */
  function argumentsFor(parameter: ts.ParameterDeclaration): ts.Node[] {
    const called = parameter.parent
    const place = called.parameters.indexOf(parameter)
    const declared = ts.isArrowFunction(called) ? called.parent : called
    const name = ts.isConstructorDeclaration(declared)
      ? declared.parent.name
      : ts.getNameOfDeclaration(declared as ts.Declaration)
    return (byName.get(name?.getText() ?? '') ?? [])
      .filter(({ expression }) => declarationsOf(expression).some((one) => one === declared))
      .flatMap((call) => call.arguments?.[place] ?? [])
  }

  return read
}

/** `name` and `object.name` */
function nameOf(node: ts.Node): ts.Node {
  return ts.isPropertyAccessExpression(node) ? node.name : node
}

/** Of `const [what, advice] = …` all that stands on the right. */
function boundIn(element: ts.BindingElement): ts.Node | undefined {
  const { parent } = element
  return ts.isVariableDeclaration(parent.parent) ? parent.parent.initializer : undefined
}

function propertyOf(object: ts.Node | undefined, name: string): ts.Node | undefined {
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined
  return object.properties.find((property) => property.name?.getText() === name)
}

/** The expressions a function returns. */
function returnsOf(declared: ts.Node): ts.Node[] {
  const made = ts.isVariableDeclaration(declared) ? declared.initializer : declared
  const body = made && ts.isFunctionLike(made) && 'body' in made ? (made.body as ts.Node | undefined) : undefined
  if (!body) return []
  if (!ts.isBlock(body)) return [body]
  const found: ts.Node[] = []
  const look = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression)
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, look)
  }
  look(body)
  return found
}
