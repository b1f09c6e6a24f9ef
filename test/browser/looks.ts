/** These run in the browser; as text, since the tests are compiled without its types. */
export const widthBeyondTheWindow = 'document.documentElement.scrollWidth - window.innerWidth';

export const controlsWithoutName = `[...document.querySelectorAll('button, input, textarea')]
  .filter((each) => !(each.innerText?.trim() || each.ariaLabel || each.labels?.length))
  .map((each) => each.outerHTML)`;

/** Texts whose contrast to what they stand on is below 4.5 (WCAG 2.2, 1.4.3). */
export const faintTexts = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([red, green, blue]) => [red, green, blue]
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = rgba(getComputedStyle(each).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255, 255];
  };
  return [...document.querySelectorAll('#page *')]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((each) => each.checkVisibility())
    .map((each) => {
      const [one, other] = [light(rgba(getComputedStyle(each).color)), light(ground(each))].sort((a, b) => b - a);
      return { text: each.innerText, contrast: (one + 0.05) / (other + 0.05) };
    })
    .filter(({ contrast }) => contrast < 4.5);
})()`;
