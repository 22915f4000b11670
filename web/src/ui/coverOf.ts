import { coverColours } from "./Cover";

const size = 256;

/** The picture of a song as an image that the system can show. */
export function coverOf(title: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  if (!pen) return "";
  const gradient = pen.createLinearGradient(0, 0, size, size);
  coverColours(title).forEach((colour, i) => gradient.addColorStop(i, colour));
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = "#fff";
  pen.beginPath();
  pen.arc(size / 2, size / 2, size / 14, 0, 2 * Math.PI);
  pen.fill();
  return canvas.toDataURL("image/png");
}
