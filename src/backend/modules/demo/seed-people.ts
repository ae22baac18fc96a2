/** Who calls the demo centre. Names are common ones of each country; companies are made up. */

export type SeedLanguage = 'en' | 'es' | 'pt' | 'de' | 'fr' | 'ja';

export type SeedCountry = {
  readonly country: string;
  readonly language: SeedLanguage;
  readonly count: number;
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly families: readonly string[];
  readonly cities: readonly string[];
  readonly companies: readonly string[];
  /**
   * Numbers begin like this, `x` is a digit; ranges kept for fiction where the country has some (US 555-01xx, Ofcom's
   * and ARCEP's drama numbers, the Bundesnetzagentur's), otherwise ones with rows of zeros.
   */
  readonly numbers: readonly string[];
};

export const seedCountries: readonly SeedCountry[] = [
  {
    country: 'US',
    language: 'en',
    count: 16,
    women: ['Emily', 'Grace', 'Megan', 'Danielle', 'Rachel', 'Nora'],
    men: ['Marcus', 'Ethan', 'Tyler', 'Andrew', 'Caleb', 'Owen'],
    families: ['Carter', 'Reyes', 'Sullivan', 'Nguyen', 'Brooks', 'Hayes', 'Whitfield', 'Park'],
    cities: ['Denver', 'Chicago', 'Austin', 'Boston', 'Seattle', 'Miami'],
    companies: ['Bluewater Outfitters', 'Maple & Pine', 'Lakeside Dental', 'Prairie Freight', ''],
    numbers: ['+130355501xx', '+131255501xx', '+151255501xx', '+161755501xx', '+120655501xx'],
  },
  {
    country: 'GB',
    language: 'en',
    count: 14,
    women: ['Charlotte', 'Amelia', 'Isla', 'Harriet', 'Priya'],
    men: ['Oliver', 'Callum', 'Rhys', 'Tom', 'Imran'],
    families: ['Ashworth', 'Patel', 'MacLeod', 'Hughes', 'Fletcher', 'Bennett', 'O’Connor'],
    cities: ['London', 'Manchester', 'Edinburgh', 'Leeds', 'Cardiff'],
    companies: ['Harrow Bakery', 'Thistle Cycles', 'Northgate Lettings', 'Albion Print', ''],
    numbers: ['+442079460xxx', '+441614960xxx', '+441314960xxx'],
  },
  {
    country: 'ES',
    language: 'es',
    count: 14,
    women: ['Lucía', 'Carmen', 'Marta', 'Elena', 'Nuria', 'Inés'],
    men: ['Javier', 'Sergio', 'Álvaro', 'Pablo', 'Iker'],
    families: ['García López', 'Fernández Ruiz', 'Martín Gil', 'Muñoz Peña', 'Iglesias Vidal'],
    cities: ['Madrid', 'Barcelona', 'Sevilla', 'Bilbao', 'València', 'A Coruña'],
    companies: ['Talleres Ribera', 'Clínica del Prado', 'Bodegas Montealto', 'Papelería Sol', ''],
    numbers: ['+346000000xx', '+349100000xx', '+346100000xx'],
  },
  {
    country: 'MX',
    language: 'es',
    count: 12,
    women: ['Ximena', 'Guadalupe', 'Fernanda', 'Daniela'],
    men: ['Emiliano', 'Rodrigo', 'José Luis', 'Mateo'],
    families: ['Hernández', 'Ramírez Soto', 'Cruz Ortega', 'Domínguez', 'Castañeda'],
    cities: ['Ciudad de México', 'Guadalajara', 'Monterrey', 'Puebla'],
    companies: ['Ferretería El Águila', 'Cafés de Altura', 'Logística Norte', ''],
    numbers: ['+5255500000xx', '+5233300000xx', '+5281800000xx'],
  },
  {
    country: 'BR',
    language: 'pt',
    count: 14,
    women: ['Ana Clara', 'Juliana', 'Camila', 'Beatriz', 'Larissa'],
    men: ['João Pedro', 'Thiago', 'Gustavo', 'Rafael', 'Caio'],
    families: ['Souza', 'Oliveira', 'Ferreira Lima', 'Araújo', 'Gonçalves', 'Conceição'],
    cities: ['São Paulo', 'Rio de Janeiro', 'Curitiba', 'Recife', 'Belo Horizonte'],
    companies: ['Padaria Aurora', 'Construtora Ipê', 'Studio Maré', 'Auto Peças Brasil', ''],
    numbers: ['+55119900000xx', '+55219900000xx', '+5541300000xx', '+55819900000xx'],
  },
  {
    country: 'PT',
    language: 'pt',
    count: 10,
    women: ['Mariana', 'Inês', 'Leonor', 'Matilde'],
    men: ['Tiago', 'Rui', 'Duarte', 'Gonçalo'],
    families: ['Silva', 'Pereira', 'Carvalho', 'Magalhães', 'Brandão'],
    cities: ['Lisboa', 'Porto', 'Coimbra', 'Faro'],
    companies: ['Cortiça do Sado', 'Livraria Chiado', 'Quinta da Ribeira', ''],
    numbers: ['+3519100000xx', '+3512100000xx', '+3512200000xx'],
  },
  {
    country: 'AR',
    language: 'es',
    count: 8,
    women: ['Florencia', 'Agustina', 'Valentina'],
    men: ['Facundo', 'Ignacio', 'Nicolás'],
    families: ['Giménez', 'Rossi', 'Quiroga', 'Acuña'],
    cities: ['Buenos Aires', 'Rosario', 'Córdoba'],
    companies: ['Imprenta del Plata', 'Estancia La Loma', ''],
    numbers: ['+54911500000xx', '+5434150000xx'],
  },
  {
    country: 'CO',
    language: 'es',
    count: 8,
    women: ['Laura', 'Paola', 'Catalina'],
    men: ['Andrés', 'Camilo', 'Sebastián'],
    families: ['Restrepo', 'Jaramillo', 'Ospina', 'Cárdenas'],
    cities: ['Bogotá', 'Medellín', 'Cali'],
    companies: ['Flores del Valle', 'Transportes Andinos', ''],
    numbers: ['+5730000000xx', '+5731000000xx'],
  },
  {
    country: 'IN',
    language: 'en',
    count: 8,
    women: ['Ananya', 'Kavya', 'Meera'],
    men: ['Arjun', 'Rohan', 'Vikram'],
    families: ['Sharma', 'Iyer', 'Banerjee', 'Reddy'],
    cities: ['Mumbai', 'Bengaluru', 'Chennai', 'Pune'],
    companies: ['Lotus Textiles', 'Sapphire Labs', ''],
    numbers: ['+9190000000xx', '+9198000000xx'],
  },
  {
    country: 'DE',
    language: 'de',
    count: 6,
    women: ['Hannah', 'Greta', 'Anja'],
    men: ['Lukas', 'Jürgen', 'Moritz'],
    families: ['Müller', 'Schäfer', 'Weiß', 'Krüger'],
    cities: ['Berlin', 'Hamburg', 'München'],
    companies: ['Feinkost Adler', 'Werkstatt Nord', ''],
    numbers: ['+493023125xxx', '+4917139200xx'],
  },
  {
    country: 'FR',
    language: 'fr',
    count: 6,
    women: ['Chloé', 'Manon', 'Élodie'],
    men: ['Théo', 'Julien', 'François'],
    families: ['Lefèvre', 'Moreau', 'Garnier', 'd’Aubigny'],
    cities: ['Paris', 'Lyon', 'Nantes'],
    companies: ['Atelier Vélo', 'Maison Colombe', ''],
    numbers: ['+331990000xx'],
  },
  {
    country: 'JP',
    language: 'ja',
    count: 4,
    women: ['優子', '美咲'],
    men: ['健太', '大輔'],
    families: ['佐藤', '高橋', '渡辺'],
    cities: ['東京', '大阪'],
    companies: ['さくら商店', ''],
    numbers: ['+81350000xxx'],
  },
];
