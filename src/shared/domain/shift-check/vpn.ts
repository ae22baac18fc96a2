/** Which network interfaces belong to a VPN, by what systems and makers call them. */

/** Linux and macOS number them: tun0, utun4, wg0, ppp0; makers have names of their own. */
const numbered =
  /^(?:tun|tap|utun|wg|ppp|ipsec|zt|gpd|cscotun|nordlynx|proton|tailscale|vpn)[\w.-]*$/iu;
/** Windows shows the name of the adapter. */
const named =
  /\bvpn\b|wireguard|wintun|tailscale|anyconnect|globalprotect|forti(?:client|ssl)|nordlynx|zerotier|openvpn|tap-windows/iu;

/** macOS has tunnels of its own at all times, which carry nothing but addresses of the link. */
const isOfTheLink = (address: string): boolean => /^fe80:|^169\.254\./iu.test(address);

export type InterfaceAddresses = Readonly<
  Record<string, readonly { readonly address: string }[] | undefined>
>;

export const vpnNames = (interfaces: InterfaceAddresses): readonly string[] =>
  Object.entries(interfaces)
    .filter(([name]) => numbered.test(name) || named.test(name))
    .filter(([, addresses]) => addresses?.some(({ address }) => !isOfTheLink(address)) === true)
    .map(([name]) => name.slice(0, 64))
    .slice(0, 8);
