import { parseOrigin } from '../../../local/cli/options';

test('origins that may call are collected', () => {
  expect(['https://shop.example', 'http://shop.test:8080'].reduce<readonly string[]>((origins, text) => parseOrigin(text, origins), [])).toEqual(['https://shop.example', 'http://shop.test:8080']);
});

test.each(['*', 'null', 'shop.example', 'https://shop.example/', 'https://Shop.example', 'https://shop.example:443', 'https://user@shop.example', 'file://', 'https://', ''])(
  '%j is no origin that a browser sends', text => {
    expect(() => parseOrigin(text)).toThrow('An origin is what a browser sends as such');
  });
