"""Common given names of Europe, the Americas and parts of Asia, by the gender that they mostly tell.

In lower case and without accents. Names that are usual for both, such as Robin or Kim, are left out.
"""

from __future__ import annotations

FEMININE = frozenset(
    """
    abigail ada adele adriana agata agatha agnes agnieszka aida aiko aileen aino aisha alba alberta alessandra
    alexandra alice alicia alina aline alison allison alma amalia amanda amelia amelie amy ana anastasia andrea angela
    angelica angelina anita anja ann anna annabel anne annegret anneliese annette annika antonia anya april ariana
    arlene asa ashley asta astrid audrey aurora ava ayesha barbara beata beatrice beatriz becky belinda berit
    bernadette bertha beth bethany betsy betty beverly bianca birgit birgitta birte bonnie brenda bridget brigitte
    britta brooke camila camilla candice carina carla carlotta carmen carol carole carolina caroline carrie catarina
    caterina catherine cathy cecile cecilia celeste celia charlene charlotte chelsea cheryl chiara chloe christa
    christiane christina christine cindy claire clara claudia clementine colette connie constance cora cordelia
    corinna cornelia courtney cristina crystal cynthia dagmar daisy dana daniela danielle daphne dawn deborah debra
    deirdre delia denise diana diane dolores donna dora doris dorothea dorothy edith eileen elaine eleanor elena
    eleonora elfriede elisa elisabeth elise eliza elizabeth ella ellen elsa elsie elvira emilia emily emma erica erika
    erin esmeralda estelle esther ethel eugenia eunice eva evelyn faith fatima fay felicia felicity fiona flora
    florence frances francesca francine franziska freda frida frieda gabriela gabriele gabriella gail gemma genevieve
    georgia georgina geraldine gerda germaine gertrude gillian gina ginger giovanna gisela gitte giulia gladys glenda
    gloria grace greta gretchen gudrun gwen gwendolyn hanna hannah harriet hazel heather heidi helen helena helene
    helga henrietta henriette hilary hilda hildegard holly hope ida ilona ilse imogen ines inga inge ingeborg ingrid
    irena irene irina iris irma isabel isabella isabelle ivy jacqueline jane janet janice janina jasmine jean jeanette
    jeanne jenna jennifer jenny jessica jill joan joanna joanne jocelyn johanna josefina josephine joy joyce juana
    juanita judith judy julia juliana julianne julie juliet juliette june justine karen karin karina karla katarina
    kate katharina katherine kathleen kathrin kathryn kathy katie katja katrin kay keiko kelly kerstin kirsten kirsty
    klara krystyna larissa laura lauren laurence lea leah leila lena leona leonora leticia lia lidia liesbeth lilian
    liliana lillian lily linda lindsay linnea lisa lisbeth liselotte lois lola lorena loretta lorraine lotte louisa
    louise lucia luciana lucie lucille lucinda lucy ludmila luisa lydia lynn mabel madeleine madeline madison magda
    magdalena maggie magnhild maia maja malin mandy manuela marcella marcia margaret margarete margarita marge margit
    margot marguerite maria mariam mariana marianne marie marika marilyn marina marion marisa marjorie marlene marta
    martha martina mary mathilda mathilde matilda maud maureen maxine may megan meghan melanie melinda melissa
    mercedes meredith michelle mika mildred milena millicent mina minnie miranda miriam moira molly mona monica monika
    monique muriel myra myriam nadia nadine nadja nancy naomi natalia natalie natasha nell nellie nicole nina noelle
    nora noreen norma octavia odette olga olive olivia ophelia paige paloma pam pamela patricia patty paula paulina
    pauline pearl peggy penelope penny petra philippa phoebe phyllis pia pilar polly priscilla priya rachel ramona
    raquel rebecca regina renata renate renee rhoda rhonda rita roberta romy rosa rosalie rosalind rosalinda rosamund
    rosanna rose rosemarie rosemary rowena roxanne ruby ruth sabine sabrina sadie sally samantha sandra sara sarah
    saskia selina selma serena shannon sharon sheila shirley sienna sigrid silke silvia simone siobhan sofia sofie
    solveig sonia sonja sophia sophie stacy stefanie stella stephanie sue susan susana susanna susanne suzanne
    svetlana sybil sylvia sylvie tamara tania tanja tanya tara tatiana tatjana teresa tessa thea thelma theodora
    theresa therese tiffany tina tove tracy trina trudy uma ursula ute valentina valeria valerie vanessa vera verena
    veronica veronika vicky victoria viktoria viola violet virginia viviane vivien vivienne wanda wendy wilhelmina
    wilma winifred xenia yoko yolanda yuki yvette yvonne zeynep zoe zofia zora
    """.split()
)
MASCULINE = frozenset(
    """
    aaron abdul abel abraham achim adam adolf adrian ahmed aidan akira alain alan alastair albert alberto albrecht
    alec alejandro aleksandr alessandro alexander alexandre alexei alexis alfonso alfred alfredo ali alistair allan
    allen alois alvin ambrose amir amos anders andre andreas andrei andres andrew andrzej andy angelo angus anselm
    anthony antoine anton antonio antti archibald aristide armando armin arnaud arne arnold art arthur arturo august
    augustin augustus aurelio axel barnaby barney barry bart bartholomew basil bastian ben benedict benedikt benjamin
    bernard bernardo bernd bernhard bert bertram bill billy bjarne bob bobby bogdan boris brad bradley brandon brendan
    brent brian brice bruce bruno bryan burkhard calvin cameron carl carlo carlos cecil cedric charles charlie chester
    christian christoph christophe christopher chuck clarence claude claudio claus clemens clement clifford clint
    clive clyde colin conrad constantin corey cornelius craig curt curtis cyril cyrus daisuke damian damien daniel
    daniele danny dario darren dave david dean denis dennis derek dermot desmond detlef diego dieter dietmar dietrich
    dimitri dirk dmitri dominic dominik don donald douglas duncan dustin dwight dylan earl eberhard eckart ed eddie
    edgar edmund edoardo eduard eduardo edward edwin egon einar elias elliot ellis elmar emanuel emil emilio emmanuel
    enrico enrique enzo eric erich erik ernest ernesto ernie ernst errol erwin esteban etienne eugen eugene evan ewald
    ewan fabian fabio fabrice federico felipe felix ferdinand fergus fernando finn florian floyd francesco francis
    francisco franco francois frank franklin franz fred freddie frederic frederick frederik fredrik friedrich fritz
    gabriel gareth garry gary gavin geoff geoffrey georg george georges gerald gerard gerhard gernot gerrit giacomo
    gianni gideon gilbert gilles giorgio giovanni giulio giuseppe glen glenn godfrey gonzalo gordon graham grant greg
    gregor gregory grigori guenter guido guillaume guillermo gunnar gunter gus gustav gustavo guy hakan hal halvard
    hamish hank hannes hans harald harold harrison harry hartmut harvey hassan hector heiko heinrich heinz helmut
    hendrik henri henrik henry herbert herman hermann hiroshi holger homer horace horst howard hubert hugh hugo
    humphrey ian ibrahim ignacio igor ingo isaac isaiah ivan ivar ivo jack jackson jacob jacques jaime jake jakob
    jamal james jamie jan janos jared jarl jason javier jay jeff jeffrey jens jeremiah jeremy jerome jerry jesper jim
    jimmy joachim joao joaquin jochen joe joel joerg johan johann johannes john johnny jon jonas jonathan jorge jorgen
    jose josef joseph joshua juan jules julian julien julio julius jun jurgen justin kai karl karsten kaspar keith ken
    kenji kenneth kent kevin kieran kirk klaus knut konrad konstantin kurt kwame kyle lance larry lars laszlo laurent
    lawrence lennart leo leon leonard leonardo leopold leroy leslie lewis lex liam lionel lloyd lorenzo lothar lou
    louis luc luca lucas luciano lucius ludwig luigi luis luiz lukas luke luther maarten magnus malcolm manfred manuel
    marc marcel marcello marcelo marco marcos marcus marek mario marius mark marko markus marshall martin marty marvin
    massimo mateo mathias mathieu mats matt matteo matthew matthias matti maurice mauricio max maximilian mehmet
    melvin michael michal michel miguel mihai mikael mike mikhail milan miles milton mitchell mohamed mohammed morgan
    moritz morris morten moses murray mustafa nathan nathaniel neal ned neil nelson neville nicholas nick nicolai
    nicolas nicolo niels nigel nikolai nikolaus nils noah noel norbert norman olaf ole oleg oliver olivier omar
    orlando oscar oskar osman oswald otto owen pablo paddy paolo pascal patrick paul paulo pavel pawel pedro peer
    pekka percy perry pete peter petr phil philip philipp philippe pierre piers pieter pietro piotr quentin radek
    rafael raimund rainer raj rajesh ralf ralph ramon randall randy raphael raul ravi ray raymond reginald reinhard
    reinhold rene rex ricardo riccardo richard rick rob robert roberto rod roderick rodney rodrigo roger roland rolf
    roman ron ronald ronan ronnie rory ross roy ruben rudi rudolf rudolph rufus rupert russell ryan salvador salvatore
    sam samuel sander sandro santiago sascha saul scott sean sebastian sepp serge sergei sergio seth seymour sidney
    siegfried sigmund silvio simon soren spencer stan stanislav stanley stefan stefano steffen sten stephan stephen
    steve steven stewart stuart sven takashi takeshi ted terence teun theo theodor theodore thierry thomas thorsten
    tiago tibor tim timo timothy tobias toby todd tom tomas tomasz tommaso tommy toni tony tor trevor tristan tycho
    udo ulf ulrich umberto urs valentin vernon victor viktor vincent vincenzo vinny vito vittorio vladimir volker wade
    wallace walt walter warren wayne werner wesley wilbur wilfried wilhelm will willem william willy winston wojciech
    wolfgang wolfram xavier yann yannick yaroslav yasuo yuri yusuf yves zbigniew zoltan
    """.split()
)
