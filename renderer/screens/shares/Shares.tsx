export function Shares() {
  return null;
}
