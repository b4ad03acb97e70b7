const TICKET = /(\/media\/[\w-]+\.webp)\?(?:user|expires|signature)=(?:[\w=%-]|&(?:amp;)?)*/g;

/**
 * Of addresses of pictures only the path, as whoever copies one out of what the API gave him copies his signature, in
 * whose name others would be shown the picture.
 */
export const withoutTickets = (text: string): string => text.replace(TICKET, '$1');
