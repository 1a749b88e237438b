import { isValidElement } from 'react';
import type { Part } from './changes';

/** The code of a part as an app would write it: plain data in full, functions and other parts by their names. */
export function printCode({ name, props }: Part): string {
  const lines = Object.entries(props).flatMap(([key, value]) => {
    if (value === undefined || key === 'children') return [];
    if (typeof value === 'string' && !/["\\]/.test(value)) return [`${key}="${value}"`];
    if (value === true) return [key];
    return [`${key}={${isOpaque(value) ? key : print(value, 1)}}`];
  });
  const oneLine = `<${name}${lines.map((line) => ` ${line}`).join('')} />`;
  if (oneLine.length <= 60) return oneLine;
  return `<${name}\n${lines.map((line) => `  ${line}`).join('\n')}\n/>`;
}

/** What has no text of its own: a function, an element, a picture. */
const isOpaque = (value: unknown) =>
  typeof value === 'function' ||
  isValidElement(value) ||
  (typeof value === 'object' && value !== null && 'attach' in value);

function print(value: unknown, depth: number): string {
  if (Array.isArray(value))
    return block(
      '[',
      value.map((one) => print(one, depth + 1)),
      ']',
      depth,
    );
  if (typeof value !== 'object' || value === null) return literal(value);
  const fields = Object.entries(value).flatMap(([key, one]) => {
    // What is not there, and what only a running call does, would hide the rest.
    if (one === null || one === undefined || one === false || one === '' || typeof one === 'function')
      return [];
    return [isOpaque(one) ? key : `${key}: ${print(one, depth + 1)}`];
  });
  return block('{', fields, '}', depth);
}

const literal = (value: unknown) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value);

function block(open: string, items: string[], close: string, depth: number): string {
  if (items.length === 0) return open + close;
  const pad = open === '{' ? ' ' : '';
  const oneLine = `${open}${pad}${items.join(', ')}${pad}${close}`;
  if (oneLine.length <= 56 && !oneLine.includes('\n')) return oneLine;
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${items.map((item) => `${indent}${item},`).join('\n')}\n${'  '.repeat(depth)}${close}`;
}
